/* SPDX-License-Identifier: Apache-2.0 */
/* tool/lint-codes.c: an envelope whose code does not open is found in the office, not at the door.
 */
#include "tool/lint-codes.h"

#include <string.h>

const JkOfficeHall *
jk_lint_codes_find_hall (const JkOffice *office, const JkSession *session)
{
  g_return_val_if_fail (office != NULL && session != NULL, NULL);

  if (memcmp (office->id, jk_session_get_id (session), sizeof office->id) != 0)
    return NULL;
  for (guint n = 0; n < office->halls->len; n++) {
    const JkOfficeHall *hall = g_ptr_array_index (office->halls, n);
    if (g_strcmp0 (hall->name, jk_session_get_hall (session)) == 0)
      return hall;
  }
  return NULL;
}

/* A code of the office as it is typed: zero-terminated, in guarded memory. */
static JkSecret *
dup_typed (const JkSecret *letters)
{
  gsize size = jk_secret_get_size (letters);
  JkSecret *typed = jk_secret_new (size + 1);

  memcpy (jk_secret_get_mutable (typed), jk_secret_get (letters), size);
  return typed;
}

static const char *
get_text (const JkSecret *typed)
{
  return (const char *) jk_secret_get (typed);
}

/* Every passcode, and the roll with the first that opens its role. */
static void
open_roles (const JkWorld *world,
            const JkOfficeHall *hall,
            const JkSession *session,
            JkReport *report,
            JkLintCodes *codes)
{
  const char *file = jk_session_get_file (session);

  if (jk_session_get_n_roles (session) > hall->n_passcodes)
    jk_report_add (report,
                   JK_FINDING_FAULT,
                   file,
                   "",
                   "roles of which the office file has no passcode",
                   "the .office as the last amendment left it",
                   "use that one: session amend replaces it");
  for (guint n = 0; n < jk_session_get_n_roles (session) && n < hall->n_passcodes; n++) {
    const JkRole *role = jk_session_get_role (session, n);
    g_autoptr (JkSecret) typed = dup_typed (hall->passcodes[n]);
    g_autoptr (GError) error = NULL;
    JkRoleKeys keys = { NULL };
    if (jk_role_open (role, get_text (typed), world, file, &keys, &error) && codes->roll == NULL)
      codes->roll = jk_session_open_roll (session, keys.seal, &error);
    jk_role_keys_clear (&keys);
    if (error == NULL)
      continue;
    g_prefix_error (&error, "Passcode of %s: ", jk_role_name_get (role->name));
    jk_report_add_error (report, file, error);
  }
}

/* With the code as a whole, or with both halves. */
static JkSecret *
open_start (const JkOffice *office, const JkSession *session, GError **error)
{
  const JkSecret *letters = office->start_code;
  gsize part = jk_secret_get_size (letters) / jk_session_get_n_start_codes (session);
  gboolean is_whole = jk_secret_get_size (letters) == part;
  g_autoptr (JkSecret) first_letters = jk_secret_new_slice (letters, 0, part);
  g_autoptr (JkSecret) second_letters =
      jk_secret_new_slice (letters, jk_secret_get_size (letters) - part, part);
  g_autoptr (JkSecret) first = dup_typed (first_letters);
  g_autoptr (JkSecret) second = dup_typed (second_letters);

  return jk_session_open_start (session,
                                get_text (first),
                                is_whole ? NULL : get_text (second),
                                error);
}

void
jk_lint_codes_open (const JkWorld *world,
                    const JkOffice *office,
                    const JkOfficeHall *hall,
                    const JkSession *session,
                    JkReport *report,
                    JkLintCodes *out_codes)
{
  g_return_if_fail (world != NULL && office != NULL && hall != NULL);
  g_return_if_fail (session != NULL && report != NULL && out_codes != NULL);

  const char *file = jk_session_get_file (session);
  g_autoptr (JkSecret) room = dup_typed (hall->room_code);
  g_autoptr (GError) room_error = NULL;
  g_autoptr (GError) start_error = NULL;

  out_codes->roster_key = jk_session_open_room (session, get_text (room), &room_error);
  if (room_error != NULL)
    jk_report_add_error (report, file, room_error);
  out_codes->paper_key = open_start (office, session, &start_error);
  if (start_error != NULL)
    jk_report_add_error (report, file, start_error);
  open_roles (world, hall, session, report, out_codes);
}

void
jk_lint_codes_clear (JkLintCodes *self)
{
  g_clear_pointer (&self->roster_key, jk_secret_free);
  g_clear_pointer (&self->paper_key, jk_secret_free);
  g_clear_pointer (&self->roll, jk_roll_free);
}
