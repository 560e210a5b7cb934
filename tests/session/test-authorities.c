/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "crypto/key.h"

typedef struct {
  JkTestFolder *folder;
  JkTestWorld *fakes;
  const JkWorld *world;
} Fixture;

static int
set_up (void **state)
{
  Fixture *f = g_new0 (Fixture, 1);

  if (check_setup (NULL) != 0)
    return -1;
  f->folder = jk_test_folder_new ();
  f->fakes = jk_test_world_new (1);
  f->world = jk_test_world_get (f->fakes);
  *state = f;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *f = *state;

  jk_test_world_free (f->fakes);
  jk_test_folder_free (f->folder);
  g_free (f);
  return 0;
}

/* Puts the public half of a key under a file name. */
static JkKey *
put_key (const Fixture *f, JkKeyKind kind, const char *name, const char *file)
{
  JkKey *key = jk_key_new (kind, name, f->world->random);
  g_autoptr (GBytes) bytes = jk_key_print_public (key);
  g_autofree char *path = jk_test_folder_put (f->folder, file, bytes);

  return key;
}

static JkAuthorities *
load (const Fixture *f, GError **error)
{
  return jk_authorities_load (f->world->storage, jk_test_folder_get_path (f->folder), error);
}

static void
an_empty_folder_pins_nobody (void **state)
{
  const Fixture *f = *state;
  g_autoptr (JkAuthorities) authorities = load (f, NULL);
  g_autoptr (JkKey) stranger = jk_key_new (JK_KEY_AUTHORITY, "stranger", f->world->random);
  gboolean is_rehearsals_only;

  assert_int_equal (jk_authorities_get_n (authorities), 0);
  assert_false (
      jk_authorities_accepts (authorities, jk_key_get_public (stranger), &is_rehearsals_only));
}

static void
the_file_name_decides_what_a_key_may_sign (void **state)
{
  const Fixture *f = *state;
  g_autoptr (JkKey) real = put_key (f, JK_KEY_AUTHORITY, "real", "a.jkpub");
  g_autoptr (JkKey) demo = put_key (f, JK_KEY_AUTHORITY, "demo", "b.rehearsal.jkpub");
  g_autofree char *other = jk_test_folder_put_text (f->folder, "notes.txt", "not a key");
  g_autoptr (JkAuthorities) authorities = load (f, NULL);
  gboolean is_rehearsals_only;

  assert_int_equal (jk_authorities_get_n (authorities), 2);
  assert_true (jk_authorities_accepts (authorities, jk_key_get_public (real), &is_rehearsals_only));
  assert_false (is_rehearsals_only);
  assert_true (jk_authorities_accepts (authorities, jk_key_get_public (demo), &is_rehearsals_only));
  assert_true (is_rehearsals_only);
}

static void
a_key_pinned_twice_is_pinned_for_everything (void **state)
{
  const Fixture *f = *state;
  g_autoptr (JkKey) first = put_key (f, JK_KEY_AUTHORITY, "same", "a.rehearsal.jkpub");
  g_autoptr (JkKey) second = put_key (f, JK_KEY_AUTHORITY, "same", "b.jkpub");
  g_autoptr (JkKey) third = put_key (f, JK_KEY_AUTHORITY, "same", "c.rehearsal.jkpub");
  g_autoptr (JkAuthorities) authorities = load (f, NULL);
  gboolean is_rehearsals_only;

  assert_int_equal (jk_authorities_get_n (authorities), 1);
  assert_true (
      jk_authorities_accepts (authorities, jk_key_get_public (first), &is_rehearsals_only));
  assert_false (is_rehearsals_only);
}

static void
the_key_of_a_centre_is_no_authority (void **state)
{
  const Fixture *f = *state;
  g_autoptr (JkKey) centre = put_key (f, JK_KEY_CENTRE, "centre", "a.jkpub");
  g_autoptr (JkAuthorities) authorities = load (f, NULL);

  assert_int_equal (jk_authorities_get_n (authorities), 0);
}

static void
a_broken_key_is_named (void **state)
{
  const Fixture *f = *state;
  g_autofree char *path = jk_test_folder_put_text (f->folder, "a.jkpub", "[key]\nkind=what\n");
  g_autoptr (GError) error = NULL;

  assert_null (load (f, &error));
  assert_non_null (strstr (error->message, path));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_FORMAT);
}

static void
an_unreadable_key_is_refused (void **state)
{
  const Fixture *f = *state;
  g_autoptr (JkKey) key = put_key (f, JK_KEY_AUTHORITY, "real", "a.jkpub");
  JkTestStorage *disk = jk_test_world_get_storage (f->fakes);
  g_autoptr (GError) error = NULL;

  jk_test_storage_fail (disk, JK_TEST_PREAD, 1, EIO, JK_TEST_ONCE);
  assert_null (load (f, &error));
  assert_refused (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
}

static void
a_folder_that_is_not_there_is_missing (void **state)
{
  const Fixture *f = *state;
  g_autofree char *none = jk_test_folder_dup_path (f->folder, "none");
  g_autofree char *file = jk_test_folder_put_text (f->folder, "file", "x");
  g_autoptr (GError) error = NULL;

  assert_null (jk_authorities_load (f->world->storage, none, &error));
  assert_refused (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING);
  assert_null (jk_authorities_load (f->world->storage, file, &error));
  assert_refused (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
  jk_authorities_free (NULL);
}

#define with_folder(test) cmocka_unit_test_setup_teardown (test, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_folder (an_empty_folder_pins_nobody),
    with_folder (the_file_name_decides_what_a_key_may_sign),
    with_folder (a_key_pinned_twice_is_pinned_for_everything),
    with_folder (the_key_of_a_centre_is_no_authority),
    with_folder (a_broken_key_is_named),
    with_folder (an_unreadable_key_is_refused),
    with_folder (a_folder_that_is_not_there_is_missing),
  };
  return cmocka_run_group_tests_name ("authorities", tests, NULL, NULL);
}
