/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "session/purpose.h"
#include "session/wraps.h"

#define HALL "01"
#define N_ROLES 2

typedef struct {
  JkTestWorld *fakes;
  const JkWorld *world;
  JkSecret *room_code, *start_code, *roster_key, *roll_key, *paper_key;
  JkSecret *role_keys[N_ROLES], *centre;
  JkSealPublic roles[N_ROLES], centre_public;
  JkStartWrap start;
  GBytes *bytes;
  JkWraps *wraps;
} Fixture;

static int
set_up (void **state)
{
  Fixture *f = g_new0 (Fixture, 1);

  if (check_setup (NULL) != 0)
    return -1;
  f->fakes = jk_test_world_new (1);
  f->world = jk_test_world_get (f->fakes);
  f->room_code = check_secret ("0123456789A");
  f->start_code = check_secret ("0123456789ABC");
  f->roster_key = check_key (1);
  f->roll_key = check_key (2);
  f->paper_key = check_key (3);
  for (guint n = 0; n < N_ROLES; n++)
    f->role_keys[n] = jk_seal_key_new (f->world->random, "test: role", n, &f->roles[n]);
  f->centre = jk_seal_key_new (f->world->random, "test: centre", 0, &f->centre_public);
  assert_true (jk_start_wrap_close (check_id (),
                                    f->start_code,
                                    f->paper_key,
                                    &f->centre_public,
                                    1,
                                    f->world,
                                    &f->start,
                                    NULL));
  const JkHallWrap hall = {
    .id = check_id (),
    .hall = HALL,
    .room_code = f->room_code,
    .roster_key = f->roster_key,
    .roll_key = f->roll_key,
    .roles = f->roles,
    .centres = &f->centre_public,
    .n_roles = N_ROLES,
    .n_centres = 1,
  };
  f->bytes = jk_wraps_close (&hall, &f->start, f->world, NULL);
  f->wraps = jk_wraps_parse (f->bytes);
  assert_non_null (f->wraps);
  *state = f;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *f = *state;

  jk_wraps_free (f->wraps);
  g_bytes_unref (f->bytes);
  jk_start_wrap_clear (&f->start);
  jk_secret_free (f->centre);
  for (guint n = 0; n < N_ROLES; n++)
    jk_secret_free (f->role_keys[n]);
  jk_secret_free (f->paper_key);
  jk_secret_free (f->roll_key);
  jk_secret_free (f->roster_key);
  jk_secret_free (f->start_code);
  jk_secret_free (f->room_code);
  jk_test_world_free (f->fakes);
  g_free (f);
  return 0;
}

static JkSecret *
open_roster (const Fixture *f, const char *hall, const JkSecret *code, GError **error)
{
  return jk_wraps_open_roster_key (f->wraps, check_id (), hall, code, f->world->costs->code, error);
}

static void
each_code_opens_its_key (void **state)
{
  const Fixture *f = *state;
  g_autoptr (JkSecret) roster_key = open_roster (f, HALL, f->room_code, NULL);
  g_autoptr (JkSecret) paper_key =
      jk_wraps_open_paper_key (f->wraps, check_id (), f->start_code, f->world->costs->code, NULL);

  assert_true (jk_secret_equal (roster_key, f->roster_key));
  assert_true (jk_secret_equal (paper_key, f->paper_key));
}

static void
the_roll_key_is_for_roles_and_centres (void **state)
{
  const Fixture *f = *state;
  const JkSecret *keys[] = { f->role_keys[0], f->role_keys[1], f->centre };

  for (guint n = 0; n < G_N_ELEMENTS (keys); n++) {
    g_autoptr (JkSecret) roll_key =
        jk_wraps_open_roll_key (f->wraps, check_id (), HALL, keys[n], NULL);
    assert_true (jk_secret_equal (roll_key, f->roll_key));
  }
}

static void
the_start_code_is_for_the_centre_alone (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (JkSecret) code = jk_wraps_open_start_code (f->wraps, check_id (), f->centre, NULL);

  assert_true (jk_secret_equal (code, f->start_code));
  assert_null (jk_wraps_open_start_code (f->wraps, check_id (), f->role_keys[0], &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
}

/* No function opens it yet that way; the file must hold it all the same. */
static void
the_roster_key_is_sealed_to_each_role (void **state)
{
  const Fixture *f = *state;
  guint8 context[JK_HALL_CONTEXT_BYTES_MAX];
  gsize context_size = jk_hall_context_put (context, check_id (), HALL);
  g_autoptr (GVariant) variant = g_variant_ref_sink (
      g_variant_new_from_bytes (G_VARIANT_TYPE ("(ayayayayayayay)"), f->bytes, FALSE));
  g_autoptr (GVariant) sealed = g_variant_get_child_value (variant, 2);

  for (guint n = 0; n < N_ROLES; n++) {
    g_autoptr (JkSecret) key = jk_seal_open_secret (f->role_keys[n],
                                                    JK_PURPOSE_ROSTER_KEY,
                                                    context,
                                                    context_size,
                                                    g_variant_get_data (sealed),
                                                    g_variant_get_size (sealed),
                                                    NULL);
    assert_true (jk_secret_equal (key, f->roster_key));
  }
}

static void
keys_are_bound_to_session_and_hall (void **state)
{
  const Fixture *f = *state;
  static const guint8 other_id[JK_BANK_ID_BYTES] = { 1 };
  g_autoptr (GError) error = NULL;

  assert_null (open_roster (f, "02", f->room_code, &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
  assert_null (jk_wraps_open_roll_key (f->wraps, check_id (), "02", f->centre, &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
  assert_null (
      jk_wraps_open_paper_key (f->wraps, other_id, f->start_code, f->world->costs->code, &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
  assert_null (jk_wraps_open_start_code (f->wraps, other_id, f->centre, &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
}

static void
another_code_or_cost_does_not_open (void **state)
{
  const Fixture *f = *state;
  g_autoptr (JkSecret) other = check_secret ("0123456789B");
  g_autoptr (GError) error = NULL;

  assert_null (open_roster (f, HALL, other, &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
  assert_null (jk_wraps_open_roster_key (f->wraps,
                                         check_id (),
                                         HALL,
                                         f->room_code,
                                         (JkCost){ 2, 8 },
                                         &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
}

static void
an_impossible_cost_closes_nothing (void **state)
{
  const Fixture *f = *state;
  const JkCosts impossible = { { 0, 0 }, { 1, 8 }, { 1, 8 } };
  JkWorld world = *f->world;
  JkStartWrap start = { NULL };
  const JkHallWrap hall = {
    .id = check_id (),
    .hall = HALL,
    .room_code = f->room_code,
    .roster_key = f->roster_key,
    .roll_key = f->roll_key,
    .roles = f->roles,
    .centres = &f->centre_public,
    .n_roles = N_ROLES,
    .n_centres = 1,
  };
  g_autoptr (GError) error = NULL;

  world.costs = &impossible;
  assert_false (jk_start_wrap_close (check_id (),
                                     f->start_code,
                                     f->paper_key,
                                     &f->centre_public,
                                     1,
                                     &world,
                                     &start,
                                     &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_COST);
  assert_null (start.salt);
  assert_null (jk_wraps_close (&hall, &f->start, &world, &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_COST);
}

static void
other_bytes_are_refused (void **state)
{
  const Fixture *f = *state;
  gsize size = g_bytes_get_size (f->bytes);
  guint n_read = 0;

  /* Without their framing the lengths no longer fit, whatever is cut. */
  for (gsize n = 0; n < size; n++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (f->bytes, 0, n);
    g_autoptr (JkWraps) wraps = jk_wraps_parse (cut);
    n_read += wraps != NULL;
  }
  assert_int_equal (n_read, 0);
}

#define with_wraps(test) cmocka_unit_test_setup_teardown (test, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_wraps (each_code_opens_its_key),
    with_wraps (the_roll_key_is_for_roles_and_centres),
    with_wraps (the_start_code_is_for_the_centre_alone),
    with_wraps (the_roster_key_is_sealed_to_each_role),
    with_wraps (keys_are_bound_to_session_and_hall),
    with_wraps (another_code_or_cost_does_not_open),
    with_wraps (an_impossible_cost_closes_nothing),
    with_wraps (other_bytes_are_refused),
  };
  return cmocka_run_group_tests_name ("wraps", tests, NULL, NULL);
}
