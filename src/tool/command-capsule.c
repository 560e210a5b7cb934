/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-capsule.c: capsule: what goes on at another PC, from the disk of a dead one. */
#include "base/text.h"
#include "sitting/capsule.h"
#include "tool/commands.h"
#include "tool/inputs.h"
#include "tool/options.h"
#include "tool/output.h"

#define MS_PER_S 1000

typedef struct {
  /* Owned */
  char *session;
  char *authorities;
  char *role;
  char *secrets;
  char **amendments;
} CapsuleOptions;

static void
capsule_options_clear (CapsuleOptions *self)
{
  g_free (self->session);
  g_free (self->authorities);
  g_free (self->role);
  g_free (self->secrets);
  g_strfreev (self->amendments);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CapsuleOptions, capsule_options_clear)

/* By how many the order must be signed that retires the PC, if it is obeyed now. */
static guint
count_signers (const JkTool *tool, const JkSession *session, const JkReplay *replay)
{
  const JkClock *clock = tool->world->clock;
  guint64 age_ms = jk_replay_get_age_ms (replay, clock->wall_ms (clock));
  guint64 max_s = jk_session_get_policy (session)->copy_age_max_s;

  return age_ms > max_s * MS_PER_S ? JK_ORDER_SIGNERS_MAX : 1;
}

static int
show (JkTool *tool, const JkSession *session, const char *path, const JkCapsule *capsule)
{
  const JkReplay *replay = jk_capsule_get_replay (capsule);
  const guint8 *station = jk_replay_get_station (replay, jk_replay_get_n_rows (replay));
  gboolean is_moved = jk_capsule_get_move (capsule) != NULL;
  g_autofree char *key = jk_text_hex (station, JK_PUBLIC_BYTES);
  g_autoptr (GDateTime) last =
      g_date_time_new_from_unix_local (jk_replay_get_wall_ms (replay) / MS_PER_S);
  g_autofree char *written = last != NULL ? g_date_time_format_iso8601 (last) : g_strdup ("");
  g_autoptr (JkFacts) facts = jk_facts_new ();
  guint n_answered = 0;

  for (guint n = 0; n < jk_replay_get_started (replay)->n_items; n++)
    n_answered += jk_replay_get_answer (replay, n) != 0;
  jk_facts_add (facts, "capsule", "%s", path);
  jk_facts_add_integer (facts, "record", jk_capsule_get_record (capsule));
  jk_facts_add (facts, "state", "%s", jk_state_get_name (jk_replay_get_state (replay)));
  jk_facts_add_integer (facts, "answered", n_answered);
  jk_facts_add_integer (
      facts,
      "exam-ms",
      (gint64) MAX (jk_replay_get_exam_ms (replay), jk_capsule_get_exam_ms (capsule)));
  jk_facts_add (facts, "written", "%s", written);
  jk_facts_add (facts, "station", "%s", key);
  jk_facts_add_integer (facts, "signers", is_moved ? 0 : count_signers (tool, session, replay));
  return jk_facts_print (facts, tool);
}

/* NULL with error, and then nothing lies there. */
static JkCapsule *
write_and_open (JkTool *tool,
                const JkSession *session,
                const JkSecret *key,
                const char *path,
                GBytes *bytes,
                GError **error)
{
  if (!jk_output_file (tool, path, 0600, bytes, error))
    return NULL;
  g_autoptr (GBytes) there =
      jk_storage_read (tool->world->storage, path, JK_CAPSULE_BYTES_MAX, error);
  JkCapsule *capsule = there != NULL ? jk_capsule_open (path, there, session, key, error) : NULL;
  if (capsule == NULL)
    jk_output_remove (tool, path);
  return capsule;
}

static int
make (JkTool *tool, const CapsuleOptions *options, const char *store, const char *out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JkSession) session =
      jk_input_amended_session (tool,
                                options->session,
                                options->authorities,
                                (const char *const *) options->amendments,
                                &error);
  g_autofree char *scratch = g_path_get_dirname (out);
  g_autoptr (JkSecrets) secrets = NULL;
  g_autoptr (JkSecret) key = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JkCapsule) capsule = NULL;

  if (session == NULL)
    return jk_output_error (tool, options->session, error);
  if (!jk_output_check_free (tool, out, &error))
    return jk_output_error (tool, out, error);
  secrets = jk_secrets_load (options->secrets, &error);
  if (secrets != NULL)
    key = jk_input_role_seal_key (tool->world, session, options->role, secrets, &error);
  if (key == NULL)
    return jk_output_error (tool, options->session, error);
  bytes = jk_capsule_from_store (tool->world, session, store, key, NULL, scratch, &error);
  if (bytes == NULL)
    return jk_output_error (tool, store, error);
  capsule = write_and_open (tool, session, key, out, bytes, &error);
  return capsule != NULL ? show (tool, session, out, capsule) : jk_output_error (tool, out, error);
}

int
jk_command_capsule (JkTool *tool, int argc, char **argv)
{
  g_auto (CapsuleOptions) options = { NULL };
  g_auto (GStrv) files = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "session", 0, 0, G_OPTION_ARG_FILENAME, &options.session, "the hall's .jksession", "FILE" },
    { "amend",
      0,
      0,
      G_OPTION_ARG_FILENAME_ARRAY,
      &options.amendments,
      "an amendment, in its order",
      "FILE" },
    { "authorities", 0, 0, G_OPTION_ARG_FILENAME, &options.authorities, "pinned .jkpub", "DIR" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &options.role, "whose passcode opens it", "ROLE" },
    { "secrets", 0, 0, G_OPTION_ARG_FILENAME, &options.secrets, "passcode=...", "FILE" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };
  static const char *const needed[] = { "session", "authorities", "role", NULL };

  if (!jk_options_parse (tool, "capsule", entries, argc, argv, 2, &files, &exit_code))
    return exit_code;
  if (!jk_options_require_all (tool, "capsule", entries, needed))
    return JK_EXIT_USAGE;
  return make (tool, &options, files[0], files[1]);
}
