/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz-seeds FOLDER: honest files of the fuzzers' exam, a folder for each fuzzer: what to begin
 * with. */
#include "repair.h"

#include "base/bytes.h"
#include "session/amended.h"
#include "sitting/log-row.h"
#include "support/closing.h"
#include "support/orders.h"

#include "score/release.h"

#include <stdio.h>

static const char *out;

static void
put (const char *fuzzer, guint n, gconstpointer data, gsize size)
{
  g_autofree char *folder = g_build_filename (out, fuzzer, NULL);
  g_autofree char *name = g_strdup_printf ("seed-%u", n);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents (path, data, (gssize) size, NULL))
    g_error ("%s cannot be written", path);
}

static void
put_bytes (const char *fuzzer, guint n, GBytes *bytes)
{
  put (fuzzer, n, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
put_amendments (const JkTestExam *exam)
{
  static const char *const inis[] = {
    "[amendment]\nnumber=1\nreason=改期\n[window]\nstarts=2021-04-25T14:00\n",
    "[amendment]\nnumber=1\nreason=a\n[roles]\nrevoke=spare-2\nnew-spares=2\n",
    "[amendment]\nnumber=1\nreason=b\n[roster]\ncorrected=c.csv\nadded=a.csv\n",
  };
  g_autoptr (JkSession) session = amended_open (exam, 0);
  g_autoptr (GBytes) office = NULL;

  amended_put_table (exam, "c.csv", "2101050340101002", "二号", AMENDED_ID_1, "02");
  amended_put_table (exam, "a.csv", "2101050340101801", "补报者", AMENDED_ID_2, "03");
  office = jk_storage_read (jk_storage_system (),
                            jk_test_exam_get_office_path (exam),
                            JK_TEXT_FILE_BYTES_MAX,
                            NULL);
  for (guint n = 0; n < G_N_ELEMENTS (inis); n++) {
    g_autofree char *path = amended_make (exam, session, inis[n]);
    g_autoptr (GBytes) bytes = jk_storage_read (jk_storage_system (), path, G_MAXINT32, NULL);
    put_bytes ("amend", n, bytes);
    remove (path);
    /* As if none had been issued. */
    jk_storage_write (jk_storage_system (),
                      jk_test_exam_get_office_path (exam),
                      0600,
                      office,
                      NULL);
  }
}

static void
put_orders (const JkTestExam *exam)
{
  static const guint8 station[JK_PUBLIC_BYTES] = { 5 };

  for (guint act = JK_ACT_OPEN; act < JK_N_ACTS; act++) {
    guint32 record = jk_act_get_rule (act)->target == JK_TARGET_STATION ? JK_ORDER_EVERY : 0;
    g_autoptr (GBytes) bytes = jk_test_order_new (exam, 0, act, act, record, station);
    put_bytes ("order", act, bytes);
  }
}

static void
put_sheets (JkTestClosing *closing, GBytes *result, const JkTestHandedIn *sitting)
{
  const JkSheetNote note = { "W601", "手机", 0, JK_NOTE_VIOLATION };

  jk_test_closing_add (closing, jk_test_row_of (closing, result, sitting));
  jk_test_closing_add (closing, jk_test_row (1, JK_SEAT_LOST));
  g_array_append_val (closing->notes, note);
  g_autoptr (GBytes) first = jk_test_closing_sign (closing);
  put_bytes ("sheet", 0, first);
  g_autoptr (JkSheet) sheet = jk_test_closing_make (closing, "first");
  jk_test_closing_next (closing, sheet);
  jk_test_closing_add (closing, jk_test_row (2, JK_SEAT_NEVER_SEEN));
  g_autoptr (GBytes) second = jk_test_closing_sign (closing);
  put_bytes ("sheet", 1, second);
}

static void
put_releases (const JkTestExam *exam)
{
  const JkReleaseTerms terms = { .first = "甲", .second = "乙", .reason = "no sheet names it" };
  static const char people[] = "Anna Nowak\nBo Li\nthe sheet was lost";
  g_autoptr (GBytes) bytes =
      jk_release_write (&terms, jk_test_exam_get_session (exam, 0), jk_test_exam_get_centre (exam));

  put_bytes ("release", 0, bytes);
  put ("release", 1, people, sizeof people - 1);
}

static void
append_sized (GByteArray *to, gconstpointer data, gsize size)
{
  guint8 prefix[4];

  jk_bytes_put_u32 (prefix, (guint32) size);
  g_byte_array_append (to, prefix, sizeof prefix);
  g_byte_array_append (to, data, (guint) size);
}

static void
append_sized_bytes (GByteArray *to, GBytes *bytes)
{
  append_sized (to, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
append_entries (GByteArray *to, const JkTestHandedIn *sitting)
{
  g_autoptr (GBytes) paper = jk_paper_to_bytes (jk_own_paper_get_paper (sitting->own));

  append_sized (to, "person", 6);
  append_sized_bytes (to, paper);
  for (guint n = 0; n < JK_TEST_EXAM_PAPER_ITEMS; n++) {
    g_autoptr (GBytes) blob = jk_blob_dup_bytes (jk_own_paper_get_blob (sitting->own, n));
    append_sized_bytes (to, blob);
  }
  for (guint n = 0; n < sitting->orders->len; n++)
    append_sized_bytes (to, g_ptr_array_index (sitting->orders, n));
  for (guint n = 0; n < sitting->seal_number; n++)
    append_sized (to, "result", 6);
}

static void
put_capsule (const JkTestHandedIn *sitting, guint n)
{
  g_autoptr (GByteArray) inside = g_byte_array_new ();
  guint8 exam_ms[8];

  jk_bytes_put_u64 (exam_ms, sitting->exam_ms);
  g_byte_array_append (inside, sitting->sitting_id, JK_SITTING_ID_BYTES);
  g_byte_array_append (inside, sitting->first_link.bytes, JK_DIGEST_BYTES);
  g_byte_array_append (inside, exam_ms, sizeof exam_ms);
  append_sized (inside, sitting->rows->data, sitting->rows->len);
  append_entries (inside, sitting);
  put ("capsule", n, inside->data, inside->len);
  put ("rows", n, sitting->rows->data, sitting->rows->len);
}

/* Sittings of all that can happen to one. */
static void
put_sittings (const JkTestExam *exam)
{
  static const JkAct acts[] = {
    JK_ACT_EXTEND,  JK_ACT_CREDIT,   JK_ACT_PAUSE,     JK_ACT_RESUME, JK_ACT_LATE,
    JK_ACT_MESSAGE, JK_ACT_INCIDENT, JK_ACT_VIOLATION, JK_ACT_MOVE,
  };
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, 0);

  put_capsule (sitting, 0);
  jk_test_handed_in_answer (sitting, 0, 1);
  jk_test_handed_in_head (sitting);
  jk_test_handed_in_answer (sitting, 0, 0);
  put_capsule (sitting, 1);
  for (guint n = 0; n < G_N_ELEMENTS (acts); n++)
    jk_test_handed_in_obey (sitting, acts[n], 0);
  put_capsule (sitting, 2);
  jk_test_handed_in_arrive (sitting);
  jk_test_handed_in_head (sitting);
  put_capsule (sitting, 3);
  jk_test_handed_in_end (sitting);
  jk_test_handed_in_reopen (sitting);
  jk_test_handed_in_obey (sitting, JK_ACT_FORCE, 0);
  put_capsule (sitting, 4);
}

static void
put_log (void)
{
  g_autoptr (GByteArray) rows = g_byte_array_new ();
  guint n = 0;

  for (guint event = JK_LOG_LOADED; event < JK_LOG_N_EVENTS; event++) {
    guint n_rows = event == JK_LOG_OBEYED ? JK_N_ACTS - 1 : 1;
    for (guint act = 1; act <= n_rows; act++) {
      n++;
      const JkLogRow row = {
        .event = event,
        .sequence = n,
        .boot_ms = n,
        .digest = { { (guint8) n } },
        .id = { (guint8) n, 1 },
        .key = { 7 },
        .counter = n,
        .amount = jk_act_get_rule (act)->amount_min,
        .act = act,
        .code = 1,
        .number = 1,
      };
      g_autoptr (GBytes) bytes = jk_log_row_to_bytes (&row);
      append_sized (rows, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }
    put ("log-rows", event - JK_LOG_LOADED, rows->data, rows->len);
  }
}

int
main (int argc, char **argv)
{
  if (argc != 2) {
    fprintf (stderr, "Usage: fuzz-seeds FOLDER\n");
    return 2;
  }
  out = argv[1];
  const JkTestExam *exam = fuzz_exam ();
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, 0);
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);
  jk_test_handed_in_end (sitting);
  g_autoptr (GBytes) result = jk_test_handed_in_seal (sitting);

  put_sheets (closing, result, sitting);
  put_orders (exam);
  put_releases (exam);
  put_sittings (exam);
  put_log ();
  put_amendments (exam);
  return 0;
}
