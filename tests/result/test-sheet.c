/* SPDX-License-Identifier: Apache-2.0 */
/* tests of result/sheet.c: what opens, and every way to be refused. */
#include "result/sheet.h"
#include "envelope/writer.h"
#include "result/refused.h"
#include "result/sheet-private.h"
#include "support/closing.h"
#include "support/vector.h"

/* What a sheet is made of, for forging. */
typedef struct {
  JkDigest session;
  const char *hall;
  GBytes *rows;
  GBytes *texts;
  GBytes *signature; /* NULL: the right one */
  guint32 number;
  JkDigest predecessor;
  gsize predecessor_size;
  JkSheetSigners said;
  JkRoleName first;
  JkRoleName second;
} Forgery;

static GBytes *
make_texts (guint n_seats, const char *seat, const JkSheetNote *note, guint n_notes)
{
  GVariantBuilder seats = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));
  GVariantBuilder notes = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(uyss)"));

  for (guint i = 0; i < n_seats; i++)
    g_variant_builder_add (&seats, "s", seat);
  for (guint i = 0; i < n_notes; i++)
    g_variant_builder_add (&notes,
                           "(uyss)",
                           note->record,
                           (guint8) note->kind,
                           note->code,
                           note->facts);
  g_autoptr (GVariant) texts = g_variant_ref_sink (g_variant_new ("(asa(uyss))", &seats, &notes));
  return g_variant_get_data_as_bytes (texts);
}

static GBytes *
make_rows (const JkSheetRow *rows, guint n)
{
  GByteArray *out = g_byte_array_new ();
  guint8 bytes[JK_SHEET_ROW_BYTES];

  for (guint i = 0; i < n; i++) {
    jk_sheet_row_put (&rows[i], bytes);
    g_byte_array_append (out, bytes, sizeof bytes);
  }
  return g_byte_array_free_to_bytes (out);
}

/* An honest sheet 1 with these rows. */
static Forgery
honest (const JkSheetRow *rows, guint n)
{
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  return (Forgery){
    .session = *jk_session_get_digest (session),
    .hall = "01",
    .rows = make_rows (rows, n),
    .texts = make_texts (n, "01", NULL, 0),
    .number = 1,
    .predecessor_size = JK_DIGEST_BYTES,
    .said = { JK_ROLE_CHIEF, JK_ROLE_PROCTOR, FALSE },
    .first = JK_ROLE_CHIEF,
    .second = JK_ROLE_PROCTOR,
  };
}

static GVariant *
array (gconstpointer data, gsize size)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data, size, 1);
}

static GBytes *
sign (const Forgery *parts, const JkTestClosing *closing, const JkSession *session)
{
  guint8 message[JK_SHEET_SIGNED_BYTES];
  guint8 signature[JK_SIGNATURE_BYTES];
  JkDigest digest;

  if (parts->signature != NULL)
    return g_bytes_ref (parts->signature);
  jk_sheet_compute_digest (jk_session_get_digest (session),
                           parts->number,
                           &parts->predecessor,
                           parts->rows,
                           parts->texts,
                           &digest);
  jk_sheet_put_signed (message, &digest, &parts->said);
  jk_sign (closing->keys[parts->second - 1].sign,
           JK_SHEET_SIGN_PURPOSE,
           message,
           sizeof message,
           signature);
  return g_bytes_new (signature, sizeof signature);
}

static void
append (JkEnvelopeWriter *writer, GBytes *bytes, guint64 n_rows)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  assert_true (jk_envelope_writer_append (writer, data, size, NULL));
  assert_true (jk_envelope_writer_end_section (writer, n_rows, NULL));
}

static GBytes *
forge (const Forgery *parts)
{
  static const char *const sections[] = { "rows", "texts", "countersign", NULL };
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);
  g_autoptr (GBytes) signature = sign (parts, closing, jk_test_exam_get_session (exam, 0));
  GVariant *body = g_variant_new ("(@aysu@ayyyb)",
                                  array (parts->session.bytes, JK_DIGEST_BYTES),
                                  parts->hall,
                                  parts->number,
                                  array (parts->predecessor.bytes, parts->predecessor_size),
                                  (guint8) parts->said.first,
                                  (guint8) parts->said.second,
                                  parts->said.alone);
  g_autoptr (JkEnvelopeWriter) writer =
      jk_envelope_writer_new (NULL, NULL, 0, JK_KIND_CLOSING_SHEET, body, sections, NULL);
  GBytes *bytes = NULL;

  append (writer, parts->rows, g_bytes_get_size (parts->rows) / JK_SHEET_ROW_BYTES);
  append (writer, parts->texts, 0);
  append (writer, signature, 0);
  assert_true (
      jk_envelope_writer_finish (writer, closing->keys[parts->first - 1].sign, &bytes, NULL, NULL));
  return bytes;
}

/* Forges, consumes rows and texts, and opens: NULL with what was wrong, or the sheet. */
static JkSheet *
open_forged (Forgery *parts, GError **error)
{
  g_autoptr (GBytes) bytes = forge (parts);

  g_bytes_unref (parts->rows);
  g_bytes_unref (parts->texts);
  return jk_sheet_open ("a.jkhandin", bytes, jk_test_exam_get_session (exam, 0), error);
}

static void
refused_with (Forgery parts, JkResultError code, const char *words)
{
  g_autoptr (GError) error = NULL;

  assert_null (open_forged (&parts, &error));
  if (!g_error_matches (error, JK_RESULT_ERROR, (gint) code) ||
      strstr (error->message, words) == NULL)
    print_error ("%s\n", error->message);
  assert_true (g_error_matches (error, JK_RESULT_ERROR, (gint) code));
  assert_true (g_str_has_prefix (error->message, "a.jkhandin: it "));
  assert_non_null (strstr (error->message, words));
}

static void
what_was_written_is_read (void **state)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);
  g_autoptr (JkTestHandedIn) sitting = hand_in (1);
  g_autoptr (GBytes) result = jk_test_handed_in_seal (sitting);
  const JkSheetNote note = { "W601", "手机在座位上", 1, JK_NOTE_VIOLATION };
  JkSheetRow row = jk_test_row_of (closing, result, sitting);

  jk_test_closing_add (closing, jk_test_row (3, JK_SEAT_ABSENT));
  jk_test_closing_add (closing, row);
  g_array_append_val (closing->notes, note);
  g_autoptr (JkSheet) sheet = jk_test_closing_make (closing, "a.jkhandin");

  assert_string_equal (jk_sheet_get_file (sheet), "a.jkhandin");
  assert_string_equal (jk_sheet_get_hall (sheet), "01");
  assert_int_equal (jk_sheet_get_number (sheet), 1);
  assert_int_equal (jk_sheet_get_first_role (sheet), JK_ROLE_CHIEF);
  assert_int_equal (jk_sheet_get_second_role (sheet), JK_ROLE_PROCTOR);
  assert_false (jk_sheet_is_alone (sheet));
  assert_int_equal (jk_sheet_get_n_rows (sheet), 2);
  assert_true (jk_sheet_row_equal (jk_sheet_get_row (sheet, 0), &row));
  assert_int_equal (jk_sheet_get_row (sheet, 1)->state, JK_SEAT_ABSENT);
  assert_string_equal (jk_sheet_get_seat (sheet, 1), "seat 3");
  assert_int_equal (jk_sheet_get_n_notes (sheet), 1);
  assert_int_equal (jk_sheet_get_note (sheet, 0)->record, 1);
  assert_int_equal (jk_sheet_get_note (sheet, 0)->kind, JK_NOTE_VIOLATION);
  assert_string_equal (jk_sheet_get_note (sheet, 0)->code, "W601");
  assert_string_equal (jk_sheet_get_note (sheet, 0)->facts, "手机在座位上");
  jk_sheet_free (NULL);
}

static void
the_digest_of_the_example_is_the_same (void **state)
{
  const JkSheetNote note = { "W601", "phone", 7, JK_NOTE_VIOLATION };
  g_autoptr (GBytes) rows = jk_test_vector ("sheet-row");
  g_autoptr (GBytes) wanted_texts = jk_test_vector ("sheet-texts");
  g_autoptr (GBytes) wanted = jk_test_vector ("sheet-digest");
  g_autoptr (GBytes) texts = make_texts (1, "01", &note, 1);
  JkDigest session, digest;
  const JkDigest none = { { 0 } };

  for (guint i = 0; i < JK_DIGEST_BYTES; i++)
    session.bytes[i] = (guint8) i;
  assert_true (g_bytes_equal (texts, wanted_texts));
  jk_sheet_compute_digest (&session, 1, &none, rows, texts, &digest);
  assert_memory_equal (digest.bytes, g_bytes_get_data (wanted, NULL), JK_DIGEST_BYTES);
}

static void
two_other_roles_make_the_same_sheet_again (void **state)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);

  jk_test_closing_add (closing, jk_test_row (0, JK_SEAT_ABSENT));
  g_autoptr (GBytes) first = jk_test_closing_sign (closing);
  g_autoptr (GBytes) again = jk_test_closing_sign (closing);
  g_autoptr (JkSheet) one = jk_test_closing_make (closing, "one");
  closing->first = JK_ROLE_SPARE_2;
  closing->second = JK_ROLE_SPARE_1;
  closing->alone = TRUE;
  g_autoptr (JkSheet) two = jk_test_closing_make (closing, "two");
  jk_test_closing_add (closing, jk_test_row (1, JK_SEAT_ABSENT));
  g_autoptr (JkSheet) three = jk_test_closing_make (closing, "three");

  assert_true (g_bytes_equal (first, again));
  assert_true (jk_digest_equal (jk_sheet_get_digest (one), jk_sheet_get_digest (two)));
  assert_false (jk_digest_equal (jk_sheet_get_digest (one), jk_sheet_get_digest (three)));
  assert_true (jk_sheet_is_alone (two));
}

static void
the_forger_of_these_tests_makes_what_opens (void **state)
{
  const JkSheetRow row = jk_test_row (2, JK_SEAT_ABSENT);
  Forgery parts = honest (&row, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (JkSheet) sheet = open_forged (&parts, &error);

  assert_non_null (sheet);
}

static void
another_session_hall_number_or_predecessor_is_refused (void **state)
{
  Forgery parts = honest (NULL, 0);
  parts.session.bytes[0] ^= 1;
  refused_with (parts, JK_RESULT_ERROR_FOREIGN, "another session or hall");
  parts = honest (NULL, 0);
  parts.hall = "02";
  refused_with (parts, JK_RESULT_ERROR_FOREIGN, "another session or hall");
  parts = honest (NULL, 0);
  parts.number = 0;
  refused_with (parts, JK_RESULT_ERROR_CONTENT, "number");
  parts = honest (NULL, 0);
  parts.number = 2;
  refused_with (parts, JK_RESULT_ERROR_CONTENT, "number");
  parts = honest (NULL, 0);
  parts.number = JK_SHEETS_MAX + 1;
  parts.predecessor.bytes[0] = 1;
  refused_with (parts, JK_RESULT_ERROR_CONTENT, "number");
  parts = honest (NULL, 0);
  parts.predecessor.bytes[0] = 1;
  refused_with (parts, JK_RESULT_ERROR_CONTENT, "number");
  parts = honest (NULL, 0);
  parts.predecessor_size = JK_DIGEST_BYTES - 1;
  refused_with (parts, JK_RESULT_ERROR_CONTENT, "wrong length");
}

static void
two_different_roles_must_sign (void **state)
{
  Forgery parts = honest (NULL, 0);
  parts.said.second = parts.second = JK_ROLE_CHIEF;
  refused_with (parts, JK_RESULT_ERROR_CONTENT, "signers");
  parts = honest (NULL, 0);
  parts.said.second = JK_ROLES_MAX + 1;
  refused_with (parts, JK_RESULT_ERROR_CONTENT, "signers");
  /* The session has none of that name. */
  parts = honest (NULL, 0);
  parts.said.second = JK_ROLE_SPARE_2 + 1;
  refused_with (parts, JK_RESULT_ERROR_SIGNATURE, "second role");
  parts = honest (NULL, 0);
  parts.said.first = 0;
  refused_with (parts, JK_RESULT_ERROR_CONTENT, "signers");
  /* Alone needs a spare's envelope. */
  parts = honest (NULL, 0);
  parts.said.alone = TRUE;
  refused_with (parts, JK_RESULT_ERROR_CONTENT, "signers");
  parts = honest (NULL, 0);
  parts.first = JK_ROLE_SPARE_1;
  refused_with (parts, JK_RESULT_ERROR_SIGNATURE, "first role");
  parts = honest (NULL, 0);
  parts.second = JK_ROLE_SPARE_1;
  refused_with (parts, JK_RESULT_ERROR_SIGNATURE, "second role");
  parts = honest (NULL, 0);
  g_autoptr (GBytes) shorter = g_bytes_new_static ("x", 1);
  parts.signature = shorter;
  refused_with (parts, JK_RESULT_ERROR_SIGNATURE, "second role");
}

/* The second signature covers who signed, and the sheet. */
static void
a_countersignature_of_another_sheet_is_refused (void **state)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);
  const JkSession *session = jk_test_exam_get_session (exam, 0);

  for (guint i = 0; i < 4; i++) {
    Forgery parts = honest (NULL, 0);
    Forgery other = honest (NULL, 0);
    other.said.first = i == 0 ? JK_ROLE_SPARE_1 : other.said.first;
    other.said.alone = i == 1;
    other.number = i == 2 ? 2 : 1;
    if (i == 3) {
      g_bytes_unref (other.texts);
      other.texts = make_texts (1, "", NULL, 0);
    }
    g_autoptr (GBytes) signature = sign (&other, closing, session);
    g_bytes_unref (other.rows);
    g_bytes_unref (other.texts);
    parts.signature = signature;
    refused_with (parts, JK_RESULT_ERROR_SIGNATURE, "second role");
  }
}

static JkSheetRow
result_row (guint32 record, guint32 seal_number, guint8 station, guint8 digest)
{
  JkSheetRow row = { .record = record, .seal_number = seal_number, .state = JK_SEAT_SEALED };

  row.station[0] = station;
  row.digest.bytes[0] = digest;
  return row;
}

static void
rows_that_contradict_each_other_are_refused (void **state)
{
  JkSheetRow rows[2] = { jk_test_row (1, JK_SEAT_ABSENT), jk_test_row (0, JK_SEAT_ABSENT) };

  refused_with (honest (rows, 2), JK_RESULT_ERROR_CONTENT, "out of order");
  rows[1].record = 1;
  refused_with (honest (rows, 2), JK_RESULT_ERROR_CONTENT, "out of order");
  rows[1] = result_row (1, 1, 1, 1);
  refused_with (honest (rows, 2), JK_RESULT_ERROR_CONTENT, "nobody came");
  rows[0] = result_row (1, 1, 1, 1);
  rows[1] = result_row (1, 1, 2, 2);
  refused_with (honest (rows, 2), JK_RESULT_ERROR_CONTENT, "same seal number");
  rows[1] = result_row (1, 2, 1, 2);
  rows[1].spare = TRUE;
  refused_with (honest (rows, 2), JK_RESULT_ERROR_CONTENT, "spare");
  rows[0].record = jk_session_get_n_records (jk_test_exam_get_session (exam, 0));
  refused_with (honest (rows, 1), JK_RESULT_ERROR_CONTENT, "does not have");
  rows[0] = jk_test_row (1, JK_SEAT_SEALED);
  refused_with (honest (rows, 1), JK_RESULT_ERROR_CONTENT, "a row that cannot be");
}

static void
both_results_of_a_reopened_sitting_may_stand (void **state)
{
  const JkSheetRow rows[2] = { result_row (1, 1, 1, 1), result_row (1, 2, 1, 2) };
  Forgery parts = honest (rows, 2);
  g_autoptr (JkSheet) sheet = open_forged (&parts, NULL);

  assert_non_null (sheet);
}

static void
refused_texts (guint n_seats, const char *seat, JkSheetNote note, const char *words)
{
  const JkSheetRow row = jk_test_row (2, JK_SEAT_ABSENT);
  Forgery parts = honest (&row, 1);

  g_bytes_unref (parts.texts);
  parts.texts = make_texts (n_seats, seat, &note, 1);
  refused_with (parts, JK_RESULT_ERROR_CONTENT, words);
}

static void
texts_that_cannot_be_are_refused (void **state)
{
  const JkSheetNote good = { "", "x", JK_NOTE_ROOM, JK_NOTE_INCIDENT };
  g_autofree char *id = g_strnfill (JK_ID_BYTES_MAX + 1, 'x');
  g_autofree char *facts = g_strnfill (JK_NOTE_FACTS_BYTES_MAX + 1, 'x');
  JkSheetNote note = good;
  Forgery parts = honest (NULL, 0);

  refused_texts (2, "01", good, "other seats than rows");
  refused_texts (1, id, good, "a seat that cannot be");
  refused_texts (1, "\033[2J", good, "a seat that cannot be");
  note.record = jk_session_get_n_records (jk_test_exam_get_session (exam, 0));
  refused_texts (1, "01", note, "a note that cannot be");
  note = good;
  note.kind = 3;
  refused_texts (1, "01", note, "a note that cannot be");
  note = good;
  note.code = id;
  refused_texts (1, "01", note, "a note that cannot be");
  note = good;
  note.facts = "";
  refused_texts (1, "01", note, "a note that cannot be");
  note.facts = facts;
  refused_texts (1, "01", note, "a note that cannot be");
  note.facts = "one\ntwo";
  refused_texts (1, "01", note, "a note that cannot be");
  g_bytes_unref (parts.texts);
  parts.texts = g_bytes_new_static ("garbage", 7);
  refused_with (parts, JK_RESULT_ERROR_CONTENT, "texts that are none");
}

static void
more_notes_than_the_limit_are_refused (void **state)
{
  const JkSheetNote note = { "", "x", JK_NOTE_ROOM, JK_NOTE_INCIDENT };

  for (guint more = 0; more < 2; more++) {
    Forgery parts = honest (NULL, 0);
    g_bytes_unref (parts.texts);
    parts.texts = make_texts (0, "", &note, JK_SHEET_NOTES_MAX + more);
    if (more == 1) {
      refused_with (parts, JK_RESULT_ERROR_CONTENT, "note");
      continue;
    }
    g_autoptr (JkSheet) sheet = open_forged (&parts, NULL);
    assert_int_equal (jk_sheet_get_n_notes (sheet), JK_SHEET_NOTES_MAX);
  }
}

static void
files_of_another_kind_or_too_large_are_refused (void **state)
{
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  g_autoptr (JkTestHandedIn) sitting = hand_in (1);
  g_autoptr (GBytes) result = jk_test_handed_in_seal (sitting);
  g_autoptr (GBytes) large =
      g_bytes_new_take (g_malloc0 (JK_SHEET_BYTES_MAX + 1), JK_SHEET_BYTES_MAX + 1);
  g_autoptr (GError) kind = NULL;
  g_autoptr (GError) size = NULL;

  assert_null (jk_sheet_open ("a", result, session, &kind));
  assert_true (g_error_matches (kind, JK_ENVELOPE_ERROR, JK_ENVELOPE_ERROR_KIND));
  assert_null (jk_sheet_open ("a", large, session, &size));
  assert_true (g_error_matches (size, JK_BASE_ERROR, JK_BASE_ERROR_TOO_LARGE));
}

static void
the_file_name_has_session_hall_and_number (void **state)
{
  const JkSession *session = jk_test_exam_get_session (exam, 1);
  g_autofree char *name = jk_sheet_dup_file_name (session, 3);
  g_autofree char *wanted =
      g_strdup_printf ("%s-02-3.jkhandin", jk_session_get_short_name (session));

  assert_string_equal (name, wanted);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_was_written_is_read),
    cmocka_unit_test (the_digest_of_the_example_is_the_same),
    cmocka_unit_test (two_other_roles_make_the_same_sheet_again),
    cmocka_unit_test (the_forger_of_these_tests_makes_what_opens),
    cmocka_unit_test (another_session_hall_number_or_predecessor_is_refused),
    cmocka_unit_test (two_different_roles_must_sign),
    cmocka_unit_test (a_countersignature_of_another_sheet_is_refused),
    cmocka_unit_test (rows_that_contradict_each_other_are_refused),
    cmocka_unit_test (both_results_of_a_reopened_sitting_may_stand),
    cmocka_unit_test (texts_that_cannot_be_are_refused),
    cmocka_unit_test (more_notes_than_the_limit_are_refused),
    cmocka_unit_test (files_of_another_kind_or_too_large_are_refused),
    cmocka_unit_test (the_file_name_has_session_hall_and_number),
  };
  return cmocka_run_group_tests_name ("sheet", tests, set_up, tear_down);
}
