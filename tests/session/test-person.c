/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "base/limits.h"
#include "session/person.h"
#include "support/vector.h"

static GBytes *
put (const JkPerson *person)
{
  gsize size = jk_person_measure (person);
  guint8 *data = g_malloc (size);

  jk_person_put (person, data);
  return g_bytes_new_take (data, size);
}

static gboolean
reads (const guint8 *data, gsize size)
{
  JkPerson person;
  gsize used;

  return jk_person_get (data, size, &person, &used) && used == size;
}

static void
a_person_is_read_as_written (void **state)
{
  const JkPerson person = check_person ();
  g_autoptr (GBytes) bytes = put (&person);
  JkPerson again;
  gsize size, used;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  assert_true (jk_person_get (data, size, &again, &used));
  assert_int_equal (used, size);
  assert_string_equal (again.admission, person.admission);
  assert_string_equal (again.name, person.name);
  assert_string_equal (again.masked_id, person.masked_id);
  assert_string_equal (again.seat, person.seat);
  assert_string_equal (again.path, person.path);
  assert_int_equal (again.index, 3);
  assert_int_equal (again.sex, 'M');
  assert_int_equal (again.extra_min, 30);
  assert_false (again.spare);
}

static void
the_bytes_are_those_of_the_document (void **state)
{
  const JkPerson person = check_person ();
  g_autoptr (GBytes) bytes = put (&person);
  g_autoptr (GBytes) wanted = jk_test_vector ("session-person");

  assert_true (g_bytes_equal (bytes, wanted));
}

static void
a_name_of_300_bytes_is_kept (void **state)
{
  g_autofree char *name = g_strnfill (300, 'n');
  JkPerson person = check_person ();
  JkPerson again;
  gsize used;

  person.name = name;
  g_autoptr (GBytes) bytes = put (&person);
  assert_true (
      jk_person_get (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &again, &used));
  assert_string_equal (again.name, name);
}

static void
extra_time_is_kept_up_to_its_limit (void **state)
{
  JkPerson person = check_person ();
  JkPerson again;
  gsize used;

  person.extra_min = JK_EXTRA_MINUTES_MAX;
  g_autoptr (GBytes) bytes = put (&person);
  assert_true (
      jk_person_get (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &again, &used));
  assert_int_equal (again.extra_min, JK_EXTRA_MINUTES_MAX);
}

static void
every_truncation_is_refused (void **state)
{
  const JkPerson person = check_person ();
  g_autoptr (GBytes) bytes = put (&person);

  for (gsize size = 0; size < g_bytes_get_size (bytes); size++) {
    g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
    assert_false (reads (copy, size));
  }
}

static void
fields_out_of_range_are_refused (void **state)
{
  static const struct {
    gsize at;
    guint8 value;
  } faults[] = {
    { 4, 2 },     /* neither spare nor not */
    { 5, 'X' },   /* no sex */
    { 6, 181 },   /* more extra time than there is */
    { 7, 1 },     /* the same in the high byte */
    { 8, 1 },     /* texts cut short */
    { 10, 0 },    /* six texts */
    { 10, 0xff }, /* no UTF-8 */
  };
  const JkPerson person = check_person ();
  g_autoptr (GBytes) bytes = put (&person);
  gsize size = g_bytes_get_size (bytes);

  for (guint n = 0; n < G_N_ELEMENTS (faults); n++) {
    g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
    copy[faults[n].at] = faults[n].value;
    assert_false (reads (copy, size));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_person_is_read_as_written),
    cmocka_unit_test (the_bytes_are_those_of_the_document),
    cmocka_unit_test (a_name_of_300_bytes_is_kept),
    cmocka_unit_test (extra_time_is_kept_up_to_its_limit),
    cmocka_unit_test (every_truncation_is_refused),
    cmocka_unit_test (fields_out_of_range_are_refused),
  };
  return cmocka_run_group_tests_name ("person", tests, NULL, NULL);
}
