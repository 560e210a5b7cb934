/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-forms.c: session forms: what a hall signs by hand, as PDF. */
#include "print/record.h"
#include "print/seating.h"
#include "print/sign-in.h"
#include "tool/commands.h"
#include "tool/handin-files.h"
#include "tool/inputs.h"
#include "tool/options.h"
#include "tool/output.h"

typedef struct {
  /* Owned */
  char *session;
  char *authorities;
  char *role;
  char *secrets;
  char *out;
  char **amendments;
  char **sheets;
} FormsOptions;

static void
forms_options_clear (FormsOptions *self)
{
  g_free (self->session);
  g_free (self->authorities);
  g_free (self->role);
  g_free (self->secrets);
  g_free (self->out);
  g_strfreev (self->amendments);
  g_strfreev (self->sheets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FormsOptions, forms_options_clear)

/* What the forms are made from, and where they go. */
typedef struct {
  /* Owned */
  JkSession *session;
  JkSheetMerge *sheets; /* NULL: none were given, and there is no record */
  JkRoll *roll;
  char *paths[JK_N_FORMS + 1]; /* ends with NULL */
  /* Plain */
  guint n_forms; /* the first so many of JkForm */
} Forms;

static void
forms_clear (Forms *self)
{
  for (guint i = 0; i < self->n_forms; i++)
    g_free (self->paths[i]);
  jk_roll_free (self->roll);
  jk_sheet_merge_free (self->sheets);
  jk_session_free (self->session);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Forms, forms_clear)

/* Session and sheets; each form's place is free. */
static gboolean
load (const JkTool *tool, const FormsOptions *options, Forms *self, GError **error)
{
  self->session = jk_input_amended_session (tool,
                                            options->session,
                                            options->authorities,
                                            (const char *const *) options->amendments,
                                            error);
  if (self->session == NULL)
    return FALSE;
  if (options->sheets != NULL) {
    self->sheets =
        jk_input_sheets (tool, (const char *const *) options->sheets, self->session, NULL, error);
    if (self->sheets == NULL)
      return FALSE;
  }
  self->n_forms = self->sheets != NULL ? JK_N_FORMS : JK_FORM_RECORD;
  for (guint i = 0; i < self->n_forms; i++) {
    g_autofree char *name = jk_form_dup_file_name (self->session, (JkForm) i);
    self->paths[i] = g_build_filename (options->out, name, NULL);
    if (!jk_output_check_free (tool, self->paths[i], error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
open_roll (const JkTool *tool, const FormsOptions *options, Forms *self, GError **error)
{
  g_autoptr (JkSecrets) secrets = jk_secrets_load (options->secrets, error);
  g_autoptr (JkSecret) key =
      secrets != NULL
          ? jk_input_role_seal_key (tool->world, self->session, options->role, secrets, error)
          : NULL;

  self->roll = key != NULL ? jk_session_open_roll (self->session, key, error) : NULL;
  return self->roll != NULL;
}

static GBytes *
print_form (const Forms *self, JkForm form, GError **error)
{
  switch (form) {
  case JK_FORM_SIGN_IN:
    return jk_sign_in_form (self->session, self->roll, error);
  case JK_FORM_SEATING:
    return jk_seating_form (self->session, self->roll, error);
  default:
    return jk_record_form (self->session, self->sheets, self->roll, error);
  }
}

static gboolean
write_form (const JkTool *tool, const Forms *self, guint form, GError **error)
{
  g_autoptr (GBytes) pdf = print_form (self, (JkForm) form, error);

  /* They are full of names. */
  return pdf != NULL &&
         jk_storage_write (tool->world->storage, self->paths[form], 0600, pdf, error);
}

/* All of them, or none stays: their places were free. */
static gboolean
write_forms (const JkTool *tool, const Forms *self, GError **error)
{
  for (guint i = 0; i < self->n_forms; i++) {
    if (write_form (tool, self, i, error))
      continue;
    for (guint made = 0; made <= i; made++)
      jk_output_remove (tool, self->paths[made]);
    return FALSE;
  }
  return TRUE;
}

static int
show (JkTool *tool, const Forms *self)
{
  g_autoptr (JkFacts) facts = jk_facts_new ();
  guint n_aside = 0;

  jk_facts_add (facts, "session", "%s", jk_session_get_name (self->session));
  jk_facts_add (facts, "hall", "%s", jk_session_get_hall (self->session));
  jk_facts_add_list (facts, "files", (const char *const *) self->paths);
  for (guint i = 0; self->sheets != NULL && i < jk_sheet_merge_get_n_sheets (self->sheets); i++)
    n_aside += *jk_sheet_merge_get_reason (self->sheets, i) != '\0' ? 1 : 0;
  if (self->sheets != NULL)
    jk_facts_add_integer (facts, "sheets-set-aside", n_aside);
  return jk_facts_print (facts, tool);
}

static int
make (JkTool *tool, const FormsOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_auto (Forms) forms = { NULL };

  if (!load (tool, options, &forms, &error) || !open_roll (tool, options, &forms, &error))
    return jk_output_error (tool, options->session, error);
  if (!jk_storage_make_folder (tool->world->storage, options->out, 0700, &error) ||
      !write_forms (tool, &forms, &error))
    return jk_output_error (tool, options->out, error);
  return show (tool, &forms);
}

int
jk_command_session_forms (JkTool *tool, int argc, char **argv)
{
  g_auto (FormsOptions) options = { NULL };
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
    { "role", 0, 0, G_OPTION_ARG_STRING, &options.role, "whose passcode opens the roll", "ROLE" },
    { "secrets", 0, 0, G_OPTION_ARG_FILENAME, &options.secrets, "passcode=...", "FILE" },
    { "sheet",
      0,
      0,
      G_OPTION_ARG_FILENAME_ARRAY,
      &options.sheets,
      "a closing sheet, for the record",
      "FILE" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, "folder for the forms", "DIR" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };
  static const char *const needed[] = { "session", "authorities", "role", "out", NULL };

  if (!jk_options_parse (tool, "session forms", entries, argc, argv, 0, &files, &exit_code))
    return exit_code;
  if (!jk_options_require_all (tool, "session forms", entries, needed))
    return JK_EXIT_USAGE;
  return make (tool, &options);
}
