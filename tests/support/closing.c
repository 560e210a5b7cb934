/* SPDX-License-Identifier: Apache-2.0 */
/* support/closing.c: see the header. */
#include "support/closing.h"

#include "result/receipt.h"
#include "result/result-label.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
check (GError *error)
{
  if (error == NULL)
    return;
  print_error ("%s\n", error->message);
  g_error_free (error);
  fail ();
}

JkTestClosing *
jk_test_closing_new (const JkTestExam *exam, guint hall)
{
  const JkSession *session = jk_test_exam_get_session (exam, hall);
  JkTestClosing *self = g_new0 (JkTestClosing, 1);
  GError *error = NULL;

  self->session = session;
  self->rows = g_array_new (FALSE, FALSE, sizeof (JkSheetRow));
  self->seats = g_ptr_array_new_with_free_func (g_free);
  self->notes = g_array_new (FALSE, FALSE, sizeof (JkSheetNote));
  self->number = 1;
  self->first = JK_ROLE_CHIEF;
  self->second = JK_ROLE_PROCTOR;
  for (guint i = 0; i < JK_ROLES; i++) {
    const JkRole *role = jk_session_get_role (session, i);
    const char *passcode = jk_test_exam_get_passcode (exam, hall, role->name);
    jk_role_open (role,
                  passcode,
                  jk_test_exam_get_world (exam),
                  "test",
                  &self->keys[role->name - JK_ROLE_CHIEF],
                  &error);
    check (error);
  }
  return self;
}

void
jk_test_closing_free (JkTestClosing *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < JK_ROLES; i++)
    jk_role_keys_clear (&self->keys[i]);
  g_array_unref (self->notes);
  g_ptr_array_unref (self->seats);
  g_array_unref (self->rows);
  g_free (self);
}

JkSheetRow
jk_test_row (guint32 record, JkSeatState state)
{
  const JkSheetRow row = { .record = record, .state = state };
  return row;
}

JkSheetRow
jk_test_row_of (const JkTestClosing *self, GBytes *result, const JkTestHandedIn *sitting)
{
  JkSheetRow row = { .state = JK_SEAT_SEALED };
  JkResultLabel label;
  JkDigest receipt;
  GError *error = NULL;

  jk_result_label_read ("result", result, self->session, &label, &error);
  check (error);
  row.record = label.record;
  row.seal_number = label.seal_number;
  row.digest = label.digest;
  memcpy (row.station, label.station, JK_PUBLIC_BYTES);
  if (sitting == NULL)
    return row;
  jk_receipt_compute (jk_session_get_digest (self->session),
                      label.record,
                      label.seal_number,
                      &sitting->handed_in_link,
                      &receipt);
  jk_slip_from_receipt (&receipt, row.slip);
  return row;
}

void
jk_test_closing_add (JkTestClosing *self, JkSheetRow row)
{
  g_array_append_val (self->rows, row);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return jk_sheet_row_compare (a, b);
}

GBytes *
jk_test_closing_sign (JkTestClosing *self)
{
  const JkSheetSigner first = { self->keys[self->first - JK_ROLE_CHIEF].sign, self->first };
  const JkSheetSigner second = { self->keys[self->second - JK_ROLE_CHIEF].sign, self->second };
  GError *error = NULL;

  g_array_sort (self->rows, compare);
  g_ptr_array_set_size (self->seats, 0);
  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (self->seats,
                     g_strdup_printf ("seat %u", g_array_index (self->rows, JkSheetRow, i).record));
  const JkSheetContent content = {
    .rows = (const JkSheetRow *) (gconstpointer) self->rows->data,
    .seats = (const char *const *) self->seats->pdata,
    .notes = (const JkSheetNote *) (gconstpointer) self->notes->data,
    .n_rows = self->rows->len,
    .n_notes = self->notes->len,
    .number = self->number,
    .predecessor = self->predecessor,
  };
  GBytes *bytes = jk_sheet_build (self->session, &content, &first, &second, self->alone, &error);
  check (error);
  return bytes;
}

JkSheet *
jk_test_closing_make (JkTestClosing *self, const char *file)
{
  g_autoptr (GBytes) bytes = jk_test_closing_sign (self);
  GError *error = NULL;
  JkSheet *sheet = jk_sheet_open (file, bytes, self->session, &error);

  check (error);
  return sheet;
}

void
jk_test_closing_next (JkTestClosing *self, const JkSheet *last)
{
  self->number = jk_sheet_get_number (last) + 1;
  self->predecessor = *jk_sheet_get_digest (last);
  g_array_set_size (self->rows, 0);
  g_array_set_size (self->notes, 0);
}
