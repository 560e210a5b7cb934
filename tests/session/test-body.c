/* SPDX-License-Identifier: Apache-2.0 */
#include "forge.h"

#include "session/body.h"

typedef struct {
  JkTestExam *exam;
  JkEnvelope *envelope;
} Fixture;

static int
set_up (void **state)
{
  Fixture *f = g_new0 (Fixture, 1);

  f->exam = jk_test_exam_new ();
  f->envelope = forge_open (f->exam);
  *state = f;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *f = *state;

  jk_envelope_free (f->envelope);
  jk_test_exam_free (f->exam);
  g_free (f);
  return 0;
}

/* What is said of the good body with one child replaced. */
static const char *
read_with (const Fixture *f, gsize index, GVariant *child)
{
  g_autoptr (GVariant) body = forge_body (jk_envelope_get_body (f->envelope), index, child);
  JkSession *session = g_new0 (JkSession, 1);
  const char *fault = jk_body_read (body, session);

  jk_session_free (session);
  return fault;
}

static GVariant *
role (guint8 name, guint8 public_byte)
{
  return g_variant_new ("(y@ay@ay@ay)",
                        name,
                        forge_bytes (JK_PUBLIC_BYTES, 9),
                        forge_bytes (JK_PUBLIC_BYTES, public_byte),
                        forge_bytes (1, 0));
}

static GVariant *
roles (guint n, const guint8 *names, guint8 public_byte)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(yayayay)"));
  for (guint i = 0; i < n; i++)
    g_variant_builder_add_value (&builder, role (names[i], public_byte));
  return g_variant_builder_end (&builder);
}

static GVariant *
centres (guint n, gsize size, guint8 byte)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aay"));
  for (guint i = 0; i < n; i++)
    g_variant_builder_add_value (&builder, forge_bytes (size, byte));
  return g_variant_builder_end (&builder);
}

static void
the_body_of_a_build_is_good (void **state)
{
  const Fixture *f = *state;

  assert_null (read_with (f, G_MAXSIZE, NULL));
  assert_null (read_with (f, 11, roles (2, (const guint8[]){ 1, 4 }, 9)));
  assert_null (read_with (f, 10, centres (3, JK_PUBLIC_BYTES, 9)));
}

static void
lengths_are_checked (void **state)
{
  const Fixture *f = *state;
  g_autofree char *long_text = g_strnfill (JK_ID_BYTES_MAX + 1, 'x');
  g_autofree char *longest_text = g_strnfill (JK_ID_BYTES_MAX, 'x');

  assert_non_null (read_with (f, 0, forge_bytes (15, 1)));
  assert_non_null (read_with (f, 6, forge_bytes (33, 1)));
  for (gsize child = 1; child <= 3; child++) {
    assert_non_null (read_with (f, child, g_variant_new_string ("")));
    assert_non_null (read_with (f, child, g_variant_new_string (long_text)));
    assert_null (read_with (f, child, g_variant_new_string (longest_text)));
  }
}

static void
an_unknown_rule_for_numbers_is_refused (void **state)
{
  assert_non_null (read_with (*state, 9, g_variant_new_uint32 (2)));
}

static void
centres_are_one_to_three_usable_keys (void **state)
{
  const Fixture *f = *state;

  assert_non_null (read_with (f, 10, centres (0, JK_PUBLIC_BYTES, 9)));
  assert_non_null (read_with (f, 10, centres (4, JK_PUBLIC_BYTES, 9)));
  assert_non_null (read_with (f, 10, centres (1, JK_PUBLIC_BYTES - 1, 9)));
  assert_non_null (read_with (f, 10, centres (1, JK_PUBLIC_BYTES, 0)));
}

static void
roles_are_known_and_each_there_once (void **state)
{
  const Fixture *f = *state;

  assert_non_null (read_with (f, 11, roles (0, NULL, 9)));
  assert_non_null (read_with (f, 11, roles (5, (const guint8[]){ 1, 2, 3, 4, 5 }, 9)));
  assert_non_null (read_with (f, 11, roles (1, (const guint8[]){ 0 }, 9)));
  assert_non_null (read_with (f, 11, roles (1, (const guint8[]){ 5 }, 9)));
  assert_non_null (read_with (f, 11, roles (2, (const guint8[]){ 2, 2 }, 9)));
  assert_non_null (read_with (f, 11, roles (1, (const guint8[]){ 1 }, 0)));
}

static void
roles_that_were_read_are_written_the_same (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GVariant) wanted = g_variant_get_child_value (jk_envelope_get_body (f->envelope), 11);
  JkRole *read;
  guint n;

  assert_true (jk_body_read_roles (wanted, JK_ROLES_MAX, &read, &n));
  g_autoptr (GVariant) found = g_variant_ref_sink (jk_body_new_roles (read, n));
  assert_int_equal (n, JK_ROLES);
  assert_true (g_variant_equal (found, wanted));
  for (guint i = 0; i < n; i++)
    jk_role_clear (&read[i]);
  g_free (read);
}

static void
counts_keep_to_the_limits (void **state)
{
  const Fixture *f = *state;

  assert_non_null (read_with (f, 12, g_variant_new_uint32 (0)));
  assert_non_null (read_with (f, 12, g_variant_new_uint32 (JK_RECORDS_MAX + 1)));
  assert_non_null (read_with (f, 13, g_variant_new_uint32 (JK_RECORD_BYTES_MAX + 1)));
  assert_non_null (read_with (f, 14, g_variant_new_uint32 (0)));
  assert_non_null (read_with (f, 14, g_variant_new_uint32 (JK_START_CODES_MAX + 1)));
  assert_null (read_with (f, 14, g_variant_new_uint32 (JK_START_CODES_MAX)));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_body_of_a_build_is_good),
    cmocka_unit_test (lengths_are_checked),
    cmocka_unit_test (an_unknown_rule_for_numbers_is_refused),
    cmocka_unit_test (centres_are_one_to_three_usable_keys),
    cmocka_unit_test (roles_are_known_and_each_there_once),
    cmocka_unit_test (roles_that_were_read_are_written_the_same),
    cmocka_unit_test (counts_keep_to_the_limits),
  };
  return cmocka_run_group_tests_name ("body", tests, set_up, tear_down);
}
