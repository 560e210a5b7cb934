/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "base/limits.h"

#include "crypto/lockbox.h"
#include "session/printed-code.h"
#include "session/purpose.h"

typedef struct {
  JkTestWorld *fakes;
  const JkWorld *world;
  JkSecret *passcode;
  char *typed;
  JkRole role;
} Fixture;

static int
set_up (void **state)
{
  Fixture *f = g_new0 (Fixture, 1);

  f->fakes = jk_test_world_new (1);
  f->world = jk_test_world_get (f->fakes);
  f->passcode = jk_printed_code_new (f->world->random, "test: passcode", 0, 60);
  f->typed = jk_printed_code_dup_text (f->passcode);
  assert_true (jk_role_new (JK_ROLE_CHIEF, f->passcode, f->world, 0, &f->role, NULL));
  *state = f;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *f = *state;

  jk_role_clear (&f->role);
  g_free (f->typed);
  jk_secret_free (f->passcode);
  jk_test_world_free (f->fakes);
  g_free (f);
  return 0;
}

static gboolean
opens (const JkRole *role, const Fixture *f, const char *typed, GError **error)
{
  JkRoleKeys keys = { NULL };
  gboolean is_open = jk_role_open (role, typed, f->world, "x.jksession", &keys, error);

  jk_role_keys_clear (&keys);
  return is_open;
}

static void
a_passcode_opens_the_keys_of_its_role (void **state)
{
  const Fixture *f = *state;
  JkRoleKeys keys = { NULL };
  g_autoptr (GError) error = NULL;
  guint8 signature[JK_SIGNATURE_BYTES];
  JkSealPublic seal_public;

  assert_true (jk_role_open (&f->role, f->typed, f->world, "x.jksession", &keys, &error));
  jk_sign (keys.sign, "jikao 1 test", "order", 5, signature);
  assert_true (jk_sign_verify (f->role.sign_public, "jikao 1 test", "order", 5, signature));
  jk_seal_get_public (keys.seal, &seal_public);
  assert_memory_equal (seal_public.bytes, f->role.seal_public.bytes, JK_PUBLIC_BYTES);
  jk_role_keys_clear (&keys);
  assert_null (keys.sign);
}

static void
two_roles_have_different_keys (void **state)
{
  const Fixture *f = *state;
  JkRole other;

  assert_true (jk_role_new (JK_ROLE_PROCTOR, f->passcode, f->world, 1, &other, NULL));
  assert_memory_not_equal (other.sign_public, f->role.sign_public, JK_PUBLIC_BYTES);
  assert_memory_not_equal (other.seal_public.bytes, f->role.seal_public.bytes, JK_PUBLIC_BYTES);
  jk_role_clear (&other);
}

static void
a_wrong_passcode_is_told_from_a_mistyped_one (void **state)
{
  const Fixture *f = *state;
  g_autoptr (JkSecret) other = jk_printed_code_new (f->world->random, "test: passcode", 1, 60);
  g_autofree char *other_typed = jk_printed_code_dup_text (other);
  g_autofree char *mistyped = check_mistype (f->typed);
  g_autoptr (GError) error = NULL;

  assert_false (opens (&f->role, f, other_typed, &error));
  assert_null (strstr (error->message, other_typed));
  assert_session_refused (error, PASSCODE);
  assert_false (opens (&f->role, f, mistyped, &error));
  assert_refused (error, JK_BASE_ERROR, JK_BASE_ERROR_CODE);
}

static void
a_cheap_or_damaged_lockbox_keeps_its_class (void **state)
{
  const Fixture *f = *state;
  const JkCosts dear = { { 3, 64 }, { 1, 8 }, { 1, 8 } };
  JkWorld world = *f->world;
  JkRole damaged = f->role;
  g_autoptr (GBytes) rest = g_bytes_new_from_bytes (f->role.locked, 1, 50);
  JkRoleKeys keys;
  g_autoptr (GError) error = NULL;

  world.costs = &dear;
  assert_false (jk_role_open (&f->role, f->typed, &world, "x.jksession", &keys, &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_COST);
  damaged.locked = rest;
  assert_false (opens (&damaged, f, f->typed, &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_FORMAT);
}

static void
an_impossible_cost_makes_no_role (void **state)
{
  const Fixture *f = *state;
  const JkCosts impossible = { { 0, 0 }, { 1, 8 }, { 1, 8 } };
  JkWorld world = *f->world;
  JkRole role;
  g_autoptr (GError) error = NULL;

  world.costs = &impossible;
  assert_false (jk_role_new (JK_ROLE_CHIEF, f->passcode, &world, 0, &role, &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_COST);
}

static void
keys_that_the_session_does_not_name_are_refused (void **state)
{
  const Fixture *f = *state;
  g_autoptr (JkSecret) odd = check_secret ("not two keys");
  JkRole role = f->role;
  g_autoptr (GError) error = NULL;

  role.sign_public[0] ^= 1;
  assert_false (opens (&role, f, f->typed, &error));
  assert_session_refused (error, CONTENT);

  role = f->role;
  role.seal_public.bytes[0] ^= 1;
  assert_false (opens (&role, f, f->typed, &error));
  assert_session_refused (error, CONTENT);

  g_autoptr (GBytes) locked = jk_lockbox_close (f->passcode,
                                                JK_PURPOSE_ROLE,
                                                odd,
                                                f->world->costs->code,
                                                f->world->random,
                                                "test: lock",
                                                0,
                                                NULL);
  role = f->role;
  role.locked = locked;
  assert_false (opens (&role, f, f->typed, &error));
  assert_session_refused (error, CONTENT);
}

static void
every_role_has_a_name (void **state)
{
  assert_string_equal (jk_role_name_get (JK_ROLE_CHIEF), "chief");
  assert_string_equal (jk_role_name_get (JK_ROLE_PROCTOR), "proctor");
  assert_string_equal (jk_role_name_get (JK_ROLE_SPARE_1), "spare-1");
  assert_string_equal (jk_role_name_get (JK_ROLE_SPARE_2), "spare-2");
  assert_string_equal (jk_role_name_get ((JkRoleName) JK_ROLES_MAX), "spare-14");
}

static void
a_name_gives_its_role_back (void **state)
{
  JkRoleName name;

  for (guint n = 1; n <= JK_ROLES_MAX; n++) {
    assert_true (jk_role_name_parse (jk_role_name_get ((JkRoleName) n), &name));
    assert_int_equal (name, n);
  }
  assert_false (jk_role_name_parse ("spare-15", &name));
  assert_false (jk_role_name_parse ("", &name));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_passcode_opens_the_keys_of_its_role),
    cmocka_unit_test (two_roles_have_different_keys),
    cmocka_unit_test (a_wrong_passcode_is_told_from_a_mistyped_one),
    cmocka_unit_test (a_cheap_or_damaged_lockbox_keeps_its_class),
    cmocka_unit_test (an_impossible_cost_makes_no_role),
    cmocka_unit_test (keys_that_the_session_does_not_name_are_refused),
    cmocka_unit_test (every_role_has_a_name),
    cmocka_unit_test (a_name_gives_its_role_back),
  };

  if (check_setup (NULL) != 0)
    return 1;
  return cmocka_run_group_tests_name ("role", tests, set_up, tear_down);
}
