/* SPDX-License-Identifier: Apache-2.0 */
/* What each party can open with what it holds: every key it can come by is tried on every item, and
 * so is every key that any purpose of the program derives from these. */
#include "check.h"

#include "crypto/derive.h"
#include "session/purpose.h"

#define DEPTH 2

static const char *const purposes[] = {
  JK_PURPOSE_HALL_SEED,
  JK_PURPOSE_DRAW_SEED,
  JK_PURPOSE_LOOKUP_KEY,
  JK_PURPOSE_LOOKUP,
  JK_PURPOSE_LOGIN,
  JK_PURPOSE_LOGIN_SALT,
  JK_PURPOSE_RECORD_KEY,
  JK_PURPOSE_RECORD_MARK,
  JK_PURPOSE_RECORD,
  JK_PURPOSE_RECORD_PAPER,
  JK_PURPOSE_PHOTO_KEY,
  JK_PURPOSE_PHOTO,
  JK_PURPOSE_ROLL_PEOPLE,
  JK_PURPOSE_ROLL_KEYS,
  JK_PURPOSE_ROOM_CODE,
  JK_PURPOSE_ROSTER_KEY,
  JK_PURPOSE_ROLL_KEY,
  JK_PURPOSE_START_CODE,
  JK_PURPOSE_PAPER_KEY,
  JK_PURPOSE_START_COPY,
  JK_PURPOSE_RECORD_PAPER_KEY,
  "jikao 1 bank index",
  "jikao 1 index",
  "jikao 1 tables",
  "jikao 1 item",
  "jikao 1 item key",
  "jikao 1 library bank key",
  "jikao 1 option order key",
  "jikao 1 option order",
  "jikao 1 paper",
};

typedef struct {
  JkTestExam *exam;
  const JkSession *session;
  JkBank *bank;   /* opened by the office, so that every item can be tried */
  JkBank *closed; /* as a station holds it before the start */
} Fixture;

static int
set_up (void **state)
{
  Fixture *f = g_new0 (Fixture, 1);
  guint8 authority[JK_PUBLIC_BYTES];

  f->exam = jk_test_exam_new ();
  f->session = jk_test_exam_get_session (f->exam, 0);
  f->bank = jk_test_exam_open_bank (f->exam);
  jk_sign_get_public (jk_test_exam_get_authority (f->exam), authority);
  f->closed = jk_bank_open (jk_test_exam_get_world (f->exam)->storage,
                            jk_test_exam_get_bank_path (f->exam),
                            authority,
                            NULL);
  *state = f;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *f = *state;

  jk_bank_free (f->closed);
  jk_bank_free (f->bank);
  jk_test_exam_free (f->exam);
  g_free (f);
  return 0;
}

/* A bit for each item that the key opens. */
static guint
try_items (const Fixture *f, const guint8 *key)
{
  guint opened = 0;

  for (guint32 item = 0; item < JK_TEST_EXAM_ITEMS; item++) {
    g_autoptr (JkBlob) blob = jk_bank_open_blob (f->bank, item, key, NULL);
    opened |= blob != NULL ? 1u << item : 0;
  }
  return opened;
}

/* The key itself, the item keys it would give as a bank key, and what every purpose derives. */
static guint
try_key (const Fixture *f, const JkSecret *key, guint depth)
{
  guint opened = try_items (f, jk_secret_get (key));

  for (guint32 item = 0; item < JK_TEST_EXAM_ITEMS; item++) {
    guint8 item_key[JK_KEY_BYTES];
    jk_bank_derive_item_key (key, item, item_key);
    opened |= try_items (f, item_key);
  }
  for (guint n = 0; n < G_N_ELEMENTS (purposes) && depth > 0; n++) {
    g_autoptr (JkSecret) derived = jk_derive (key, purposes[n], NULL, 0);
    g_autoptr (JkSecret) numbered = jk_derive_number (key, purposes[n], 0);
    g_autoptr (JkSecret) bound = jk_derive (key, purposes[n], jk_session_get_id (f->session), 16);
    opened |= try_key (f, derived, depth - 1);
    opened |= try_items (f, jk_secret_get (numbered)) | try_items (f, jk_secret_get (bound));
  }
  g_autoptr (JkSecret) as_library = jk_bank_derive_library_bank_key (key);
  for (guint32 item = 0; item < JK_TEST_EXAM_ITEMS; item++) {
    guint8 item_key[JK_KEY_BYTES];
    jk_bank_derive_item_key (as_library, item, item_key);
    opened |= try_items (f, item_key);
  }
  return opened;
}

/* The items of a candidate's paper. */
static guint
get_paper_items (const Fixture *f, guint n)
{
  g_autoptr (JkOwnPaper) own = jk_test_exam_open_paper (f->exam, n);
  const JkPaper *paper = jk_own_paper_get_paper (own);
  guint items = 0;

  for (guint position = 0; position < jk_paper_get_n (paper); position++)
    items |= 1u << jk_paper_get_item (paper, position)->item;
  return items;
}

/* The check of the checks: the bank key and the item keys do open items here. */
static void
the_office_s_bank_key_opens_everything (void **state)
{
  const Fixture *f = *state;
  const JkOffice *office = jk_test_exam_get_office (f->exam);

  assert_int_equal (try_key (f, office->bank_key, 0), (1u << JK_TEST_EXAM_ITEMS) - 1);
}

static void
the_start_code_alone_opens_no_item (void **state)
{
  const Fixture *f = *state;
  g_autoptr (JkSecret) paper_key = jk_test_exam_open_start (f->exam);
  g_autoptr (JkSecret) roster_key =
      jk_session_open_room (f->session, jk_test_exam_get_room_code (f->exam, 0), NULL);

  assert_int_equal (try_key (f, paper_key, DEPTH), 0);
  assert_int_equal (try_key (f, roster_key, DEPTH - 1), 0);
}

static void
a_person_s_numbers_open_that_person_s_paper_alone (void **state)
{
  const Fixture *f = *state;
  const guint8 *id = jk_session_get_id (f->session);
  g_autoptr (JkSecret) paper_key = jk_test_exam_open_start (f->exam);

  for (guint n = 0; n < 6; n++) {
    g_autoptr (JkSecret) record_key = NULL;
    g_autoptr (JkRecord) record = jk_test_exam_log_in (f->exam, n, &record_key);
    g_autoptr (JkPaperKeys) keys = jk_record_open_paper (record, record_key, paper_key, id);
    guint opened = try_key (f, record_key, DEPTH - 1) |
                   try_key (f, jk_paper_keys_get_draw_seed (keys), DEPTH - 1);

    assert_int_equal (opened, 0);
    for (guint position = 0; position < jk_paper_keys_get_n (keys); position++) {
      g_autoptr (JkSecret) item_key =
          jk_secret_new_copy (jk_paper_keys_get_item_key (keys, position), JK_KEY_BYTES);
      opened |= try_key (f, item_key, 1);
    }
    assert_int_equal (opened, get_paper_items (f, n));
  }
}

/* A key that was learned opens its own record and no other's, nor its inside. */
static void
a_record_key_opens_one_record (void **state)
{
  const Fixture *f = *state;
  const guint8 *id = jk_session_get_id (f->session);
  g_autoptr (JkSecret) paper_key = jk_test_exam_open_start (f->exam);
  g_autoptr (JkSecret) own_key = NULL;
  g_autoptr (JkRecord) own = jk_test_exam_log_in (f->exam, 0, &own_key);

  for (guint32 index = 1; index < jk_session_get_n_records (f->session); index++)
    assert_null (jk_session_open_record (f->session, index, own_key, NULL));
  for (guint n = 1; n < 6; n++) {
    g_autoptr (JkSecret) key = NULL;
    g_autoptr (JkRecord) record = jk_test_exam_log_in (f->exam, n, &key);
    assert_null (jk_record_open_paper (record, own_key, paper_key, id));
    assert_null (jk_record_open_paper (own, key, paper_key, id));
  }
}

/* P4: with every person's numbers, the room code and the proctors' envelopes. */
static void
without_the_start_code_neither_index_nor_item_opens (void **state)
{
  const Fixture *f = *state;
  const guint8 *id = jk_session_get_id (f->session);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  JkRoleKeys role = { NULL };
  guint opened = 0;

  assert_true (jk_role_open (jk_session_get_role (f->session, 0),
                             jk_test_exam_get_passcode (f->exam, 0, JK_ROLE_CHIEF),
                             jk_test_exam_get_world (f->exam),
                             "x",
                             &role,
                             NULL));
  g_ptr_array_add (keys, role.seal);
  g_ptr_array_add (
      keys,
      jk_session_open_room (f->session, jk_test_exam_get_room_code (f->exam, 0), NULL));
  g_autoptr (JkRoll) roll = jk_session_open_roll (f->session, role.seal, NULL);
  for (guint n = 0; n < jk_roll_get_n (roll); n++)
    g_ptr_array_add (keys, jk_roll_dup_record_key (roll, n));

  for (guint n = 0; n < keys->len; n++) {
    const JkSecret *key = g_ptr_array_index (keys, n);
    opened |= try_key (f, key, 1);
    assert_false (jk_bank_unlock (f->closed, key, NULL));
    for (guint purpose = 0; purpose < G_N_ELEMENTS (purposes); purpose++) {
      g_autoptr (JkSecret) derived = jk_derive (key, purposes[purpose], NULL, 0);
      assert_false (jk_bank_unlock (f->closed, derived, NULL));
    }
  }
  assert_int_equal (opened, 0);
  for (guint n = 0; n < 6; n++) {
    g_autoptr (JkSecret) record_key = NULL;
    g_autoptr (JkRecord) record = jk_test_exam_log_in (f->exam, n, &record_key);
    for (guint k = 0; k < keys->len; k++)
      assert_null (jk_record_open_paper (record, record_key, g_ptr_array_index (keys, k), id));
  }
  for (guint n = 1; n < keys->len; n++)
    jk_secret_free (g_ptr_array_index (keys, n));
  jk_role_keys_clear (&role);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_office_s_bank_key_opens_everything),
    cmocka_unit_test (the_start_code_alone_opens_no_item),
    cmocka_unit_test (a_person_s_numbers_open_that_person_s_paper_alone),
    cmocka_unit_test (a_record_key_opens_one_record),
    cmocka_unit_test (without_the_start_code_neither_index_nor_item_opens),
  };
  return cmocka_run_group_tests_name ("secrecy", tests, set_up, tear_down);
}
