/* SPDX-License-Identifier: Apache-2.0 */
/* tests of base/code.c */
#include "base/code.h"
#include "base/error.h"
#include "support/random.h"
#include "support/vector.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void
check_vector (const char *name, guint n_bits, const char *expected)
{
  g_autoptr (GBytes) bytes = jk_test_vector (name);
  assert_int_equal (g_bytes_get_size (bytes), (n_bits + 7) / 8);
  g_autofree char *text = jk_code_format (g_bytes_get_data (bytes, NULL), n_bits);
  assert_string_equal (text, expected);
}

static void
codes_are_those_of_the_document (void **state)
{
  check_vector ("CODE-START", JK_START_CODE_BITS, "04HM-ASW9-NF6YX");
  check_vector ("CODE-ROOM", JK_ROOM_CODE_BITS, "04HM-ASW9-NF0");
  check_vector ("CODE-RECEIPT", JK_RECEIPT_BITS, "04HM-ASW9-NF6Y-Y093-8NKRS");
}

static void
a_short_name_is_that_of_the_document (void **state)
{
  g_autoptr (GBytes) bytes = jk_test_vector ("CODE-SHORT");
  g_autofree char *text = jk_code_format_short (g_bytes_get_data (bytes, NULL), JK_SHORT_BITS);
  assert_string_equal (text, "04HMAS");
}

static void
the_alphabet_is_in_order (void **state)
{
  for (guint8 i = 0; i < 32; i++) {
    guint8 byte = (guint8) (i << 3);
    g_autofree char *text = jk_code_format_short (&byte, 5);
    assert_int_equal (text[0], letters[i]);
    assert_int_equal (text[1], 0);
  }
}

/* The canonical letters of the index-th code of n_bits. */
static char *
make_code (guint n_bits, guint64 index, char **out_printed)
{
  g_autoptr (JkTestRandom) random = jk_test_random_new (n_bits);
  guint8 data[13];
  char *canonical = g_malloc (n_bits / 5 + 2);
  g_autoptr (GError) error = NULL;

  jk_random_fill (jk_test_random_get (random), "test", index, data, sizeof data);
  *out_printed = jk_code_format (data, n_bits);
  g_autofree char *plain = jk_code_format_short (data, n_bits);
  assert_true (jk_code_parse (*out_printed, n_bits, canonical, &error));
  assert_null (error);
  assert_int_equal (strlen (canonical), n_bits / 5 + 1);
  assert_memory_equal (canonical, plain, n_bits / 5);
  return canonical;
}

static void
what_is_printed_is_read (void **state)
{
  static const guint sizes[] = { JK_START_CODE_BITS, JK_ROOM_CODE_BITS, JK_RECEIPT_BITS };
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    for (guint64 i = 0; i < 200; i++) {
      g_autofree char *printed = NULL;
      g_autofree char *canonical = make_code (sizes[s], i, &printed);
      g_auto (GStrv) groups = g_strsplit (printed, "-", -1);
      g_autofree char *joined = g_strjoinv ("", groups);
      assert_string_equal (joined, canonical);
    }
  }
}

static gboolean
is_accepted (const char *typed, guint n_bits)
{
  char out[22];
  memset (out, 'x', sizeof out);
  g_autoptr (GError) error = NULL;
  gboolean is_good = jk_code_parse (typed, n_bits, out, &error);

  assert_true (is_good == (error == NULL));
  if (!is_good) {
    static const char zero[22];
    assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_CODE));
    assert_memory_equal (out, zero, n_bits / 5 + 2);
  }
  return is_good;
}

static void
every_single_wrong_letter_is_found (void **state)
{
  for (guint64 i = 0; i < 20; i++) {
    g_autofree char *printed = NULL;
    g_autofree char *canonical = make_code (JK_START_CODE_BITS, i, &printed);
    for (guint at = 0; canonical[at] != '\0'; at++) {
      char right = canonical[at];
      for (guint n = 0; n < 32; n++) {
        canonical[at] = letters[n];
        assert_true (is_accepted (canonical, JK_START_CODE_BITS) == (letters[n] == right));
      }
      canonical[at] = right;
    }
  }
}

/* The one is 0 with Z. */
static void
every_swap_of_neighbours_but_one_is_found (void **state)
{
  for (guint64 i = 0; i < 500; i++) {
    g_autofree char *printed = NULL;
    g_autofree char *canonical = make_code (JK_ROOM_CODE_BITS, i, &printed);
    for (guint at = 0; canonical[at + 1] != '\0'; at++) {
      char a = canonical[at];
      char b = canonical[at + 1];
      gboolean is_blind = a == b || (a == '0' && b == 'Z') || (a == 'Z' && b == '0');
      canonical[at] = b;
      canonical[at + 1] = a;
      assert_true (is_accepted (canonical, JK_ROOM_CODE_BITS) == is_blind);
      canonical[at] = a;
      canonical[at + 1] = b;
    }
  }
}

static void
reading_forgives_how_people_type (void **state)
{
  static const guint8 data[8] = { 0x00, 0x04, 0x20, 0x08, 0x42, 0x10, 0x84, 0x21 };
  g_autofree char *printed = jk_code_format (data, JK_START_CODE_BITS);
  char canonical[14];
  char other[14];
  assert_true (jk_code_parse (printed, JK_START_CODE_BITS, canonical, NULL));

  g_autoptr (GString) typed = g_string_new ("\t ");
  static const char *const zero[] = { "0", "o", "O", "０", "Ｏ" };
  static const char *const one[] = { "1", "i", "I", "l", "L", "ｌ", "１" };
  static const char *const between[] = { "", "-", " ", "　", "—", "－", "−", "–" };
  for (guint i = 0; canonical[i] != '\0'; i++) {
    char lower[2] = { g_ascii_tolower (canonical[i]), 0 };
    const char *letter = lower;
    if (canonical[i] == '0')
      letter = zero[i % G_N_ELEMENTS (zero)];
    else if (canonical[i] == '1')
      letter = one[i % G_N_ELEMENTS (one)];
    g_string_append (typed, letter);
    g_string_append (typed, between[i % G_N_ELEMENTS (between)]);
  }
  assert_true (jk_code_parse (typed->str, JK_START_CODE_BITS, other, NULL));
  assert_string_equal (other, canonical);
}

static void
check_refused (const char *typed, const char *part)
{
  char out[14];
  g_autoptr (GError) error = NULL;
  assert_false (is_accepted (typed, JK_START_CODE_BITS));
  assert_false (jk_code_parse (typed, JK_START_CODE_BITS, out, &error));
  assert_non_null (strstr (error->message, part));
  if (strlen (typed) > 3)
    assert_null (strstr (error->message, typed));
}

static void
wrong_lengths_are_counted (void **state)
{
  check_refused ("", "0 letters");
  check_refused ("ABCDEFGHJKMN", "12 letters");
  check_refused ("ABCDEFGHJKMNPQRSTVWX", "20 letters");
}

static void
letters_that_no_code_has_are_refused_by_place (void **state)
{
  check_refused ("ABCU", "Character 4 ");
  check_refused ("ABC!", "Character 4 ");
  check_refused ("A码", "Character 2 ");
  check_refused ("ABC\xff", "UTF-8");
}

static void
a_wrong_check_letter_is_told_apart_from_a_wrong_length (void **state)
{
  guint n_good = 0;
  for (guint i = 0; i < 32; i++) {
    g_autofree char *typed = g_strdup_printf ("ABCD-EFGH-JKMN%c", letters[i]);
    if (is_accepted (typed, JK_START_CODE_BITS))
      n_good++;
    else
      check_refused (typed, "check letter");
  }
  assert_int_equal (n_good, 1);
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (codes_are_those_of_the_document),
    cmocka_unit_test (a_short_name_is_that_of_the_document),
    cmocka_unit_test (the_alphabet_is_in_order),
    cmocka_unit_test (what_is_printed_is_read),
    cmocka_unit_test (every_single_wrong_letter_is_found),
    cmocka_unit_test (every_swap_of_neighbours_but_one_is_found),
    cmocka_unit_test (reading_forgives_how_people_type),
    cmocka_unit_test (wrong_lengths_are_counted),
    cmocka_unit_test (letters_that_no_code_has_are_refused_by_place),
    cmocka_unit_test (a_wrong_check_letter_is_told_apart_from_a_wrong_length),
  };
  return cmocka_run_group_tests_name ("code", tests, NULL, NULL);
}
