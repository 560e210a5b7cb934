/* SPDX-License-Identifier: Apache-2.0 */
#include "check-move.h"

#define PURPOSE "jikao 1 capsule"
#define HEAD 48
#define ROWS_AT 60

typedef struct {
  /* Owned */
  GBytes *capsule, *inside;
  JkSecret *role;
} Moved;

/* A sitting with an answer, moved for anybody. */
static void
move_it (Fixture *self, Moved *out)
{
  g_autoptr (GError) error = NULL;
  gsize size;

  start (self);
  answer (self, 0, 1);
  live (self, 2);
  g_autoptr (JkOrder) order = new_move (self, JK_ACT_MOVE, NULL);
  out->capsule = move_away (self, order);
  out->role = dup_role_key (self);
  const guint8 *data = g_bytes_get_data (out->capsule, &size);
  out->inside = jk_seal_open (out->role, PURPOSE, data, HEAD, data + HEAD, size - HEAD, &error);
  assert_ok (error);
}

static void
moved_clear (Moved *self)
{
  g_bytes_unref (self->capsule);
  g_bytes_unref (self->inside);
  jk_secret_free (self->role);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Moved, moved_clear)

static JkCapsule *
open_capsule (const Fixture *self, GBytes *bytes, const JkSecret *reader, GError **error)
{
  return jk_capsule_open ("stick", bytes, self->place.session, reader, error);
}

/* The same head with another inside, sealed to the role again. */
static GBytes *
seal_again (const Fixture *self, const Moved *moved, const guint8 *inside, gsize size)
{
  const guint8 *head = g_bytes_get_data (moved->capsule, NULL);
  GByteArray *out = g_byte_array_new ();
  JkSealPublic public;

  jk_seal_get_public (moved->role, &public);
  g_autoptr (GBytes) sealed = jk_seal (&public,
                                       1,
                                       PURPOSE,
                                       head,
                                       HEAD,
                                       inside,
                                       size,
                                       self->place.world->random,
                                       "test: capsule",
                                       0);
  g_byte_array_append (out, head, HEAD);
  g_byte_array_append (out, g_bytes_get_data (sealed, NULL), (guint) g_bytes_get_size (sealed));
  return g_byte_array_free_to_bytes (out);
}

static void
a_capsule_holds_the_sitting (void **state)
{
  Fixture *self = *state;
  g_auto (Moved) moved = { NULL };
  g_autoptr (GError) error = NULL;
  guint32 record = 99;
  JkDigest session;

  move_it (self, &moved);
  assert_true (jk_capsule_peek (moved.capsule, &record, NULL));
  assert_int_equal (record, record_of (self));
  g_autoptr (GBytes) head = g_bytes_new_from_bytes (moved.capsule, 0, JK_CAPSULE_HEAD_BYTES);
  assert_true (jk_capsule_peek (head, &record, &session));
  assert_true (jk_digest_equal (&session, jk_session_get_digest (self->place.session)));
  g_autoptr (JkCapsule) capsule = open_capsule (self, moved.capsule, moved.role, &error);
  assert_ok (error);
  assert_int_equal (jk_capsule_get_record (capsule), record_of (self));
  assert_int_equal (jk_capsule_get_exam_ms (capsule), 2000);
  assert_int_equal (jk_replay_get_state (jk_capsule_get_replay (capsule)), JK_STATE_MOVED);
  assert_int_equal (jk_capsule_get_n_entries (capsule), 2 + JK_TEST_EXAM_PAPER_ITEMS + 1);
  assert_string_equal (jk_capsule_get_entry (capsule, 0).name, "person");
  assert_string_equal (jk_capsule_get_entry (capsule, 2).name, "item 0");
  assert_memory_equal (jk_capsule_get_sitting_id (capsule),
                       jk_journal_get_sitting_id (jk_sitting_get_journal (self->sitting)),
                       JK_SITTING_ID_BYTES);
  jk_capsule_free (NULL);
}

static void
the_order_that_moved_it_is_inside (void **state)
{
  Fixture *self = *state;
  g_auto (Moved) moved = { NULL };
  g_autoptr (GError) error = NULL;

  move_it (self, &moved);
  g_autoptr (JkCapsule) capsule = open_capsule (self, moved.capsule, moved.role, &error);
  assert_ok (error);
  g_autoptr (GBytes) move = jk_sitting_read_move (self->sitting, &error);
  assert_ok (error);
  assert_true (g_bytes_equal (jk_capsule_get_move (capsule), move));
}

static void
a_capsule_of_another_hall_or_kind_is_foreign (void **state)
{
  Fixture *self = *state;
  g_auto (Moved) moved = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  move_it (self, &moved);
  assert_null (jk_capsule_open ("stick",
                                moved.capsule,
                                jk_test_exam_get_session (self->exam, 1),
                                moved.role,
                                &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FOREIGN);
  assert_null (open_capsule (self, nothing, moved.role, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FOREIGN);
  assert_null (open_capsule (self, moved.capsule, jk_station_get_seal_key (self->station), &error));
  assert_error (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
}

static void
every_truncation_and_changed_byte_is_refused_or_changes_nothing (void **state)
{
  Fixture *self = *state;
  g_auto (Moved) moved = { NULL };
  gsize size;
  guint n_opened = 0;

  move_it (self, &moved);
  g_autofree guint8 *data =
      g_memdup2 (g_bytes_get_data (moved.capsule, &size), g_bytes_get_size (moved.capsule));
  for (gsize n = 0; n < size; n++) {
    g_autoptr (GBytes) cut = g_bytes_new_static (data, n);
    assert_null (open_capsule (self, cut, moved.role, NULL));
    data[n] ^= (guint8) (1u << (n % 8));
    g_autoptr (GBytes) changed = g_bytes_new_static (data, size);
    g_autoptr (JkCapsule) capsule = open_capsule (self, changed, moved.role, NULL);
    data[n] ^= (guint8) (1u << (n % 8));
    if (capsule == NULL)
      continue;
    /* Only what belongs to another reader's key can be changed unseen. */
    n_opened++;
    assert_true (n > HEAD + 4);
    assert_int_equal (jk_replay_get_n_rows (jk_capsule_get_replay (capsule)),
                      jk_replay_get_n_rows (replay_of (self)));
  }
  assert_true (n_opened < 9 * (32 + 81 + sizeof PURPOSE));
}

static void
every_truncation_inside_is_refused (void **state)
{
  Fixture *self = *state;
  g_auto (Moved) moved = { NULL };
  gsize size;

  move_it (self, &moved);
  const guint8 *inside = g_bytes_get_data (moved.inside, &size);
  for (gsize n = 0; n < size; n++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) cut = seal_again (self, &moved, inside, n);
    assert_null (open_capsule (self, cut, moved.role, &error));
    assert_int_equal (error->domain, JK_SITTING_ERROR);
  }
  g_autofree guint8 *longer = g_malloc0 (size + 1);
  memcpy (longer, inside, size);
  g_autoptr (GBytes) more = seal_again (self, &moved, longer, size + 1);
  assert_null (open_capsule (self, more, moved.role, NULL));
}

/* Whoever could seal still cannot change what a station signed. */
static void
a_changed_bit_in_the_rows_is_refused (void **state)
{
  Fixture *self = *state;
  g_auto (Moved) moved = { NULL };
  gsize size;

  move_it (self, &moved);
  g_autofree guint8 *inside =
      g_memdup2 (g_bytes_get_data (moved.inside, &size), g_bytes_get_size (moved.inside));
  guint32 rows_size = jk_bytes_get_u32 (inside + ROWS_AT - 4);
  /* The last head covers all before it; itself and MOVED are covered by the next one. */
  gsize last_rows = 2 * (4 + JK_ROW_HEAD_BYTES) + JK_DIGEST_BYTES + JK_SIGNATURE_BYTES + 56;
  for (gsize n = 16; n < ROWS_AT + rows_size - last_rows; n++) {
    if (n >= 48 && n < 56)
      continue; /* exam time: another test's */
    inside[n] ^= (guint8) (1u << (n % 8));
    g_autoptr (GBytes) changed = seal_again (self, &moved, inside, size);
    g_autoptr (JkCapsule) capsule = open_capsule (self, changed, moved.role, NULL);
    if (capsule != NULL)
      fail_msg ("byte %" G_GSIZE_FORMAT " of the rows can be changed", n - ROWS_AT);
    inside[n] ^= (guint8) (1u << (n % 8));
  }
}

static void
a_head_that_the_station_did_not_sign_is_refused (void **state)
{
  Fixture *self = *state;
  g_auto (Moved) moved = { NULL };
  g_autoptr (GError) error = NULL;
  gsize size;

  move_it (self, &moved);
  g_autofree guint8 *inside =
      g_memdup2 (g_bytes_get_data (moved.inside, &size), g_bytes_get_size (moved.inside));
  guint32 rows_size = jk_bytes_get_u32 (inside + ROWS_AT - 4);
  gsize moved_row = 4 + JK_ROW_HEAD_BYTES + 56;
  inside[ROWS_AT + rows_size - moved_row - 1] ^= 1; /* the last byte of the signature */
  g_autoptr (GBytes) changed = seal_again (self, &moved, inside, size);
  assert_null (open_capsule (self, changed, moved.role, &error));
  assert_non_null (strstr (error->message, "did not sign"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
}

/* Entries that contradict the rows make no sitting, and leave no store that could be taken for one.
 */
static void
entries_that_contradict_the_rows_do_not_arrive (void **state)
{
  Fixture *self = *state;
  g_auto (Moved) moved = { NULL };
  g_autoptr (Other) other = new_other (self, 0);
  g_autoptr (GError) error = NULL;
  char name[JK_ORDER_ENTRY_BYTES];
  gsize size;

  move_it (self, &moved);
  jk_order_entry_put_name (name, jk_replay_get_obeyed (replay_of (self), 0)->ordered.id);
  g_autoptr (GBytes) order_bytes =
      jk_journal_read_side (jk_sitting_get_journal (self->sitting), name, NULL);
  g_autoptr (JkOrder) order = parse_order (order_bytes);
  g_autofree guint8 *inside =
      g_memdup2 (g_bytes_get_data (moved.inside, &size), g_bytes_get_size (moved.inside));
  guint32 rows_size = jk_bytes_get_u32 (inside + ROWS_AT - 4);
  gsize person_at = ROWS_AT + rows_size + 4;
  guint32 person_size = jk_bytes_get_u32 (inside + person_at - 4);
  inside[person_at + person_size + 4 + 3] ^= 1; /* of the paper */
  g_autoptr (GBytes) changed = seal_again (self, &moved, inside, size);
  assert_null (jk_sitting_arrive (&other->place, "stick", changed, moved.role, order, &error));
  assert_non_null (error);
  g_clear_error (&error);
  other->sitting =
      jk_sitting_arrive (&other->place, "stick", moved.capsule, moved.role, order, &error);
  assert_ok (error);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    RULES_TEST (a_capsule_holds_the_sitting),
    RULES_TEST (the_order_that_moved_it_is_inside),
    RULES_TEST (a_capsule_of_another_hall_or_kind_is_foreign),
    RULES_TEST (every_truncation_and_changed_byte_is_refused_or_changes_nothing),
    RULES_TEST (every_truncation_inside_is_refused),
    RULES_TEST (a_changed_bit_in_the_rows_is_refused),
    RULES_TEST (a_head_that_the_station_did_not_sign_is_refused),
    RULES_TEST (entries_that_contradict_the_rows_do_not_arrive),
  };
  return cmocka_run_group_tests_name ("capsule", tests, check_build_exam, check_free_exam);
}
