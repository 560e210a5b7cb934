/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-key.c: key new, key check, key show. */
#include "bank/answer-keys.h"
#include "tool/commands.h"
#include "tool/inputs.h"
#include "tool/options.h"
#include "tool/output.h"
#include "tool/script.h"

#define PASSPHRASE_BYTES_MIN 10

static gboolean
parse_kind (const char *name, JkKeyKind *out_kind)
{
  if (g_strcmp0 (name, "authority") == 0)
    *out_kind = JK_KEY_AUTHORITY;
  else if (g_strcmp0 (name, "centre") == 0)
    *out_kind = JK_KEY_CENTRE;
  else
    return FALSE;
  return TRUE;
}

static int
show_key (JkTool *tool, const JkKey *key)
{
  g_autoptr (JkFacts) facts = jk_facts_new ();
  g_autofree char *check = jk_key_dup_check (key);

  jk_facts_add (facts,
                "kind",
                "%s",
                jk_key_get_kind (key) == JK_KEY_AUTHORITY ? "authority" : "centre");
  jk_facts_add (facts, "name", "%s", jk_key_get_name (key));
  jk_facts_add (facts, "check", "%s", check);
  return jk_facts_print (facts, tool);
}

/* Both files or none. */
static gboolean
write_key (JkTool *tool,
           const JkKey *key,
           const JkSecret *passphrase,
           const char *secret_path,
           const char *public_path,
           GError **error)
{
  g_autoptr (GBytes) locked = NULL;
  g_autoptr (GBytes) shown = jk_key_print_public (key);

  locked =
      jk_key_lock (key, passphrase, tool->world->costs->passphrase, tool->world->random, error);
  if (locked == NULL)
    return FALSE;
  if (jk_output_file (tool, secret_path, 0600, locked, error) &&
      jk_output_file (tool, public_path, 0644, shown, error))
    return TRUE;
  jk_output_remove (tool, secret_path);
  jk_output_remove (tool, public_path);
  return FALSE;
}

static int
make_key (JkTool *tool,
          JkKeyKind kind,
          const char *name,
          const char *path,
          const char *secrets_path)
{
  g_autofree char *secret_path = g_strconcat (path, ".jkkey", NULL);
  g_autofree char *public_path = g_strconcat (path, ".jkpub", NULL);
  g_autoptr (JkSecrets) secrets = NULL;
  g_autoptr (JkSecret) passphrase = NULL;
  g_autoptr (JkKey) key = NULL;
  g_autoptr (GError) error = NULL;

  if (!jk_output_check_free (tool, secret_path, &error) ||
      !jk_output_check_free (tool, public_path, &error))
    return jk_output_error (tool, path, error);
  secrets = jk_secrets_load (secrets_path, &error);
  if (secrets == NULL)
    return jk_output_error (tool, secrets_path, error);
  passphrase = jk_secrets_dup (secrets, "passphrase", "Passphrase of the new key", &error);
  if (passphrase == NULL)
    return jk_output_error (tool, secrets_path, error);
  if (jk_secret_get_size (passphrase) < PASSPHRASE_BYTES_MIN)
    return jk_output_usage (tool,
                            "the passphrase has fewer than %d characters; choose a longer one",
                            PASSPHRASE_BYTES_MIN);
  key = jk_key_new (kind, name, tool->world->random);
  if (!write_key (tool, key, passphrase, secret_path, public_path, &error))
    return jk_output_error (tool, path, error);
  return show_key (tool, key);
}

int
jk_command_key_new (JkTool *tool, int argc, char **argv)
{
  g_autofree char *kind_name = NULL;
  g_autofree char *name = NULL;
  g_autofree char *secrets_path = NULL;
  g_auto (GStrv) files = NULL;
  JkKeyKind kind;
  int exit_code;
  /* The name is taken as bytes, like a file's: the locale does not matter, UTF-8 is checked. */
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kind_name, "whose key it is", "authority|centre" },
    { "name", 0, 0, G_OPTION_ARG_FILENAME, &name, "the name people know it by", "NAME" },
    { "secrets", 0, 0, G_OPTION_ARG_FILENAME, &secrets_path, "file with passphrase=...", "FILE" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  if (!jk_options_parse (tool, "key new", entries, argc, argv, 1, &files, &exit_code))
    return exit_code;
  if (!jk_options_require (tool, "key new", "kind", kind_name) ||
      !jk_options_require (tool, "key new", "name", name))
    return JK_EXIT_USAGE;
  if (!parse_kind (kind_name, &kind))
    return jk_output_usage (tool, "--kind is \"%s\"; expected authority or centre", kind_name);

  if (!jk_key_check_name (name))
    return jk_output_usage (tool,
                            "--name is no name for a key; expected 1 to %u bytes of printable "
                            "UTF-8 without a backslash and without a blank at either end",
                            JK_NAME_BYTES_MAX);
  return make_key (tool, kind, name, files[0], secrets_path);
}

int
jk_command_key_check (JkTool *tool, int argc, char **argv)
{
  g_autofree char *secrets_path = NULL;
  g_auto (GStrv) files = NULL;
  g_autoptr (JkSecrets) secrets = NULL;
  g_autoptr (JkSecret) passphrase = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JkKey) key = NULL;
  g_autoptr (GError) error = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "secrets", 0, 0, G_OPTION_ARG_FILENAME, &secrets_path, "file with passphrase=...", "FILE" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  if (!jk_options_parse (tool, "key check", entries, argc, argv, 1, &files, &exit_code))
    return exit_code;
  secrets = jk_secrets_load (secrets_path, &error);
  if (secrets == NULL)
    return jk_output_error (tool, secrets_path, error);
  bytes = jk_storage_read (tool->world->storage, files[0], JK_TEXT_FILE_BYTES_MAX, &error);
  if (bytes == NULL)
    return jk_output_error (tool, files[0], error);
  passphrase = jk_secrets_dup (secrets, "passphrase", "Passphrase of the key", &error);
  if (passphrase == NULL)
    return jk_output_error (tool, secrets_path, error);
  key = jk_key_open (files[0], bytes, passphrase, tool->world->costs->passphrase, &error);
  if (key == NULL)
    return jk_output_error (tool, files[0], error);
  return show_key (tool, key);
}

/* One row per item, as sit --answers reads it. */
static void
print_answers (JkTool *tool, const JkAnswerKeys *keys)
{
  for (guint32 n = 0; n < jk_answer_keys_get_n (keys); n++) {
    g_autoptr (JkFacts) facts = jk_facts_new ();
    g_autofree char *letters = jk_script_dup_letters (jk_answer_keys_get_right (keys, n));

    jk_facts_add (facts, "item", "%s", jk_answer_keys_get_id (keys, n));
    jk_facts_add (facts, "right", "%s", letters);
    jk_facts_print_row (facts, tool, NULL);
  }
}

typedef struct {
  /* Owned */
  char *centre;
  char *authorities;
  char *secrets;
} ShowOptions;

static void
show_options_clear (ShowOptions *self)
{
  g_free (self->centre);
  g_free (self->authorities);
  g_free (self->secrets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShowOptions, show_options_clear)

static JkAnswerKeys *
open_answer_keys (JkTool *tool, const char *path, const ShowOptions *options, GError **error)
{
  g_autoptr (JkKey) centre = NULL;
  g_autoptr (JkEnvelope) envelope = NULL;
  gboolean rehearsals_only;

  envelope = jk_envelope_open (tool->world->storage, path, JK_KIND_KEYS, "(u)", NULL, error);
  if (envelope == NULL || !jk_input_check_signer (tool,
                                                  path,
                                                  jk_envelope_get_signer (envelope),
                                                  options->authorities,
                                                  &rehearsals_only,
                                                  error))
    return NULL;
  centre = jk_input_centre (tool, options->centre, options->secrets, error);
  if (centre == NULL)
    return NULL;
  return jk_answer_keys_open (tool->world->storage,
                              path,
                              jk_envelope_get_signer (envelope),
                              jk_key_get_secret (centre),
                              NULL,
                              error);
}

static int
show_answer_keys (JkTool *tool, const char *path, const ShowOptions *options)
{
  g_autoptr (JkAnswerKeys) keys = NULL;
  g_autoptr (GError) error = NULL;

  if (!jk_options_require (tool, "key show", "centre", options->centre) ||
      !jk_options_require (tool, "key show", "authorities", options->authorities))
    return JK_EXIT_USAGE;
  keys = open_answer_keys (tool, path, options, &error);
  if (keys == NULL)
    return jk_output_error (tool, path, error);
  print_answers (tool, keys);
  return JK_EXIT_OK;
}

int
jk_command_key_show (JkTool *tool, int argc, char **argv)
{
  g_auto (ShowOptions) options = { NULL };
  g_auto (GStrv) files = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JkKey) key = NULL;
  g_autoptr (GError) error = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "centre", 0, 0, G_OPTION_ARG_FILENAME, &options.centre, "the centre's .jkkey", "FILE" },
    { "authorities",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.authorities,
      "pinned .jkpub files",
      "DIR" },
    { "secrets", 0, 0, G_OPTION_ARG_FILENAME, &options.secrets, "centre-passphrase=...", "FILE" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  if (!jk_options_parse (tool, "key show", entries, argc, argv, 1, &files, &exit_code))
    return exit_code;
  if (g_str_has_suffix (files[0], ".jkkeys"))
    return show_answer_keys (tool, files[0], &options);
  bytes = jk_storage_read (tool->world->storage, files[0], JK_TEXT_FILE_BYTES_MAX, &error);
  if (bytes != NULL)
    key = jk_key_parse_public (files[0], bytes, &error);
  if (key == NULL)
    return jk_output_error (tool, files[0], error);
  return show_key (tool, key);
}
