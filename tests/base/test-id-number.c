/* SPDX-License-Identifier: Apache-2.0 */
/* tests of base/id-number.c */
#include "base/id-number.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define TODAY 20210424u

static JkIdFault
check (JkIdKind kind, const char *number)
{
  return jk_id_number_check (kind, number, TODAY, NULL);
}

static void
the_numbers_of_the_standard_are_good (void **state)
{
  static const char *const numbers[] = {
    "11010519491231002X", "440524188001010014", "110108190001010019", "110108190002280029",
    "110108190003150031", "110108190104200042", "110108190205210055", "110108190306220068",
    "11010819000101006X", "810000199408230021", "830000199201300022", "810000190001010018",
    "82000019000101001X", "830000190001010011",
  };
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    assert_int_equal (check (JK_ID_RESIDENT, numbers[i]), JK_ID_OK);
}

static void
typed_forms_are_good_once_canonical (void **state)
{
  char *number = jk_text_canonical_number (" １１０１０５ 19491231 002ｘ ");
  assert_int_equal (check (JK_ID_RESIDENT, number), JK_ID_OK);
  jk_text_wipe (number);
}

static void
birth_and_sex_are_read (void **state)
{
  JkIdFacts facts = { 0 };
  assert_int_equal (jk_id_number_check (JK_ID_RESIDENT, "11010519491231002X", TODAY, &facts),
                    JK_ID_OK);
  assert_int_equal (facts.birth_year, 1949);
  assert_int_equal (facts.birth_month, 12);
  assert_int_equal (facts.birth_day, 31);
  assert_true (facts.has_sex);
  assert_false (facts.is_male);
  assert_int_equal (jk_id_number_check (JK_ID_RESIDENT, "110108190001010019", TODAY, &facts),
                    JK_ID_OK);
  assert_true (facts.is_male);
}

static void
a_number_without_a_day_has_no_facts (void **state)
{
  JkIdFacts facts = { .birth_year = 7, .has_sex = TRUE };
  assert_int_equal (jk_id_number_check (JK_ID_PASSPORT, "E12345678", TODAY, &facts), JK_ID_OK);
  assert_int_equal (facts.birth_year, 0);
  assert_false (facts.has_sex);
}

static void
facts_are_left_alone_on_failure (void **state)
{
  JkIdFacts facts = { .birth_year = 7 };
  assert_int_equal (jk_id_number_check (JK_ID_RESIDENT, "110105194912310021", TODAY, &facts),
                    JK_ID_CHECK);
  assert_int_equal (facts.birth_year, 7);
}

static void
days_that_never_were_are_refused (void **state)
{
  assert_int_equal (check (JK_ID_RESIDENT, "110108190002290024"), JK_ID_DATE);
  assert_int_equal (check (JK_ID_RESIDENT, "110108190013010024"), JK_ID_DATE);
  assert_int_equal (check (JK_ID_RESIDENT, "110108190000010024"), JK_ID_DATE);
  assert_int_equal (check (JK_ID_RESIDENT, "110108000001010024"), JK_ID_DATE);
}

static void
days_after_today_are_refused (void **state)
{
  static const char number[] = "11010519491231002X";
  assert_int_equal (jk_id_number_check (JK_ID_RESIDENT, number, 19491230, NULL), JK_ID_DATE);
  assert_int_equal (jk_id_number_check (JK_ID_RESIDENT, number, 19491231, NULL), JK_ID_OK);
}

static void
a_wrong_check_letter_is_found (void **state)
{
  assert_int_equal (check (JK_ID_RESIDENT, "110105194912310021"), JK_ID_CHECK);
}

static void
every_single_wrong_character_is_found (void **state)
{
  static const char digits[] = "0123456789X";
  char number[] = "11010519491231002X";

  for (guint at = 0; number[at] != '\0'; at++) {
    char right = number[at];
    for (guint n = 0; digits[n] != '\0'; n++) {
      number[at] = digits[n];
      assert_true ((check (JK_ID_RESIDENT, number) == JK_ID_OK) == (digits[n] == right));
    }
    number[at] = right;
  }
}

static void
every_swap_of_neighbours_is_found (void **state)
{
  char number[] = "11010519491231002X";
  for (guint at = 0; number[at + 1] != '\0'; at++) {
    char a = number[at];
    char b = number[at + 1];
    number[at] = b;
    number[at + 1] = a;
    assert_true ((check (JK_ID_RESIDENT, number) == JK_ID_OK) == (a == b));
    number[at] = a;
    number[at + 1] = b;
  }
}

static void
the_first_generation_has_its_own_fault (void **state)
{
  assert_int_equal (check (JK_ID_RESIDENT, "110105491231002"), JK_ID_FIRST_ISSUE);
  assert_int_equal (check (JK_ID_RESIDENT, "11010549123100A"), JK_ID_LENGTH);
}

static void
other_lengths_and_letters_are_refused (void **state)
{
  assert_int_equal (check (JK_ID_RESIDENT, ""), JK_ID_EMPTY);
  assert_int_equal (check (JK_ID_RESIDENT, "1101051949123100"), JK_ID_LENGTH);
  assert_int_equal (check (JK_ID_RESIDENT, "11010519491231002XX"), JK_ID_LENGTH);
  assert_int_equal (check (JK_ID_RESIDENT, "11010519491231X02X"), JK_ID_CHARACTER);
  assert_int_equal (check (JK_ID_RESIDENT, "11010519491231002A"), JK_ID_CHARACTER);
}

static void
residence_permits_have_their_prefixes (void **state)
{
  assert_int_equal (check (JK_ID_RESIDENCE_PERMIT, "810000199408230021"), JK_ID_OK);
  assert_int_equal (check (JK_ID_RESIDENCE_PERMIT, "82000019000101001X"), JK_ID_OK);
  assert_int_equal (check (JK_ID_RESIDENCE_PERMIT, "830000199201300022"), JK_ID_OK);
  assert_int_equal (check (JK_ID_RESIDENCE_PERMIT, "830000199201300023"), JK_ID_CHECK);
  assert_int_equal (check (JK_ID_RESIDENCE_PERMIT, "11010519491231002X"), JK_ID_CHARACTER);
  assert_int_equal (check (JK_ID_RESIDENCE_PERMIT, "81000019940823"), JK_ID_LENGTH);
}

/* The same card with other first digits and the check letter that fits. */
static gboolean
is_place_unknown (const char *place)
{
  static const char last[] = "0123456789X";
  JkIdFacts facts = { 0 };

  for (guint i = 0; last[i] != '\0'; i++) {
    g_autofree char *number = g_strdup_printf ("%s010819000101001%c", place, last[i]);
    if (jk_id_number_check (JK_ID_RESIDENT, number, TODAY, &facts) == JK_ID_OK)
      return facts.is_place_unknown;
  }
  fail ();
  return FALSE;
}

static void
places_are_provinces_or_worth_a_question (void **state)
{
  static const char *const known[] = { "11", "15", "21", "23", "31", "37", "41", "46", "50",
                                       "54", "61", "65", "71", "81", "82", "83", "91" };
  static const char *const unknown[] = { "00", "10", "16", "20", "24", "38",
                                         "47", "55", "66", "72", "80", "84" };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    assert_false (is_place_unknown (known[i]));
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++) {
    if (!is_place_unknown (unknown[i]))
      fail_msg ("%s", unknown[i]);
  }
}

static void
ages_are_full_years (void **state)
{
  JkIdFacts facts = { .birth_year = 2004, .birth_month = 2, .birth_day = 29 };
  const JkIdFacts none = { 0 };
  guint years = 7;

  assert_true (jk_id_facts_get_age (&facts, 20200228, &years));
  assert_int_equal (years, 15);
  assert_true (jk_id_facts_get_age (&facts, 20200229, &years));
  assert_int_equal (years, 16);
  assert_true (jk_id_facts_get_age (&facts, 20210228, &years));
  assert_int_equal (years, 16);
  assert_true (jk_id_facts_get_age (&facts, 20040229, &years));
  assert_int_equal (years, 0);
  assert_false (jk_id_facts_get_age (&facts, 20040228, &years));
  assert_false (jk_id_facts_get_age (&none, 20210424, &years));
}

static void
permanent_foreign_residents_have_two_forms (void **state)
{
  assert_int_equal (check (JK_ID_PERMANENT_FOREIGN, "911124198108030024"), JK_ID_OK);
  assert_int_equal (check (JK_ID_PERMANENT_FOREIGN, "911124198108030025"), JK_ID_CHECK);
  assert_int_equal (check (JK_ID_PERMANENT_FOREIGN, "11010519491231002X"), JK_ID_CHARACTER);
  assert_int_equal (check (JK_ID_PERMANENT_FOREIGN, "USA110081010101"), JK_ID_OK);
  assert_int_equal (check (JK_ID_PERMANENT_FOREIGN, "U1A110081010101"), JK_ID_CHARACTER);
  assert_int_equal (check (JK_ID_PERMANENT_FOREIGN, "USA1100810101X1"), JK_ID_CHARACTER);
  assert_int_equal (check (JK_ID_PERMANENT_FOREIGN, "USA11008101"), JK_ID_LENGTH);
}

static void
permits_of_hong_kong_and_macao_are_checked_by_form (void **state)
{
  assert_int_equal (check (JK_ID_HK_MACAO_PERMIT, "H12345678"), JK_ID_OK);
  assert_int_equal (check (JK_ID_HK_MACAO_PERMIT, "M1234567890"), JK_ID_OK);
  assert_int_equal (check (JK_ID_HK_MACAO_PERMIT, "H123456789"), JK_ID_LENGTH);
  assert_int_equal (check (JK_ID_HK_MACAO_PERMIT, "C12345678"), JK_ID_CHARACTER);
  assert_int_equal (check (JK_ID_HK_MACAO_PERMIT, "H1234567X"), JK_ID_CHARACTER);
}

static void
permits_of_taiwan_are_checked_by_form (void **state)
{
  assert_int_equal (check (JK_ID_TAIWAN_PERMIT, "12345678"), JK_ID_OK);
  assert_int_equal (check (JK_ID_TAIWAN_PERMIT, "1234567890"), JK_ID_OK);
  assert_int_equal (check (JK_ID_TAIWAN_PERMIT, "1234567890B"), JK_ID_OK);
  assert_int_equal (check (JK_ID_TAIWAN_PERMIT, "123456789"), JK_ID_LENGTH);
  assert_int_equal (check (JK_ID_TAIWAN_PERMIT, "1234567890123456"), JK_ID_LENGTH);
  assert_int_equal (check (JK_ID_TAIWAN_PERMIT, "1234567B"), JK_ID_CHARACTER);
  assert_int_equal (check (JK_ID_TAIWAN_PERMIT, "1234567890b"), JK_ID_CHARACTER);
}

static void
passports_are_checked_by_form (void **state)
{
  assert_int_equal (check (JK_ID_PASSPORT, "E12345678"), JK_ID_OK);
  assert_int_equal (check (JK_ID_PASSPORT, "EA1234567"), JK_ID_OK);
  assert_int_equal (check (JK_ID_PASSPORT, "1234"), JK_ID_LENGTH);
  assert_int_equal (check (JK_ID_PASSPORT, "1234567890123456"), JK_ID_LENGTH);
  assert_int_equal (check (JK_ID_PASSPORT, "E1234567-8"), JK_ID_CHARACTER);
}

static void
military_numbers_are_free_text (void **state)
{
  g_autofree char *long_text = g_strnfill (65, '1');
  assert_int_equal (check (JK_ID_MILITARY, "00123"), JK_ID_OK);
  assert_int_equal (check (JK_ID_MILITARY, "军字第1号"), JK_ID_OK);
  assert_int_equal (check (JK_ID_MILITARY, "123"), JK_ID_LENGTH);
  assert_int_equal (check (JK_ID_MILITARY, long_text), JK_ID_LENGTH);
  assert_int_equal (check (JK_ID_MILITARY, "abcd\xff"), JK_ID_CHARACTER);
}

static void
kinds_are_known_by_both_names (void **state)
{
  static const struct {
    const char *name;
    JkIdKind kind;
  } names[] = {
    { " 居民身份证 ", JK_ID_RESIDENT },
    { "身份证", JK_ID_RESIDENT },
    { "居民身份证（二代）", JK_ID_RESIDENT },
    { "港澳台居民居住证", JK_ID_RESIDENCE_PERMIT },
    { "Residence Permit", JK_ID_RESIDENCE_PERMIT },
    { "境外永久居住证", JK_ID_PERMANENT_FOREIGN },
    { "香港特区护照/身份证明", JK_ID_PASSPORT },
    { "澳门特区护照／身份证明", JK_ID_PASSPORT },
    { "军官证（士兵证）", JK_ID_MILITARY },
    { "军官证/士兵证", JK_ID_MILITARY },
    { "HK_Macao", JK_ID_HK_MACAO_PERMIT },
    { "台 胞 证", JK_ID_TAIWAN_PERMIT },
    { "Resident", JK_ID_RESIDENT },
    { "外国人永久居留身份证", JK_ID_PERMANENT_FOREIGN },
    { "permanent-foreign", JK_ID_PERMANENT_FOREIGN },
    { "港澳居民来往内地通行证", JK_ID_HK_MACAO_PERMIT },
    { "hk-macao", JK_ID_HK_MACAO_PERMIT },
    { "台湾居民来往大陆通行证", JK_ID_TAIWAN_PERMIT },
    { "taiwan", JK_ID_TAIWAN_PERMIT },
    { "护照", JK_ID_PASSPORT },
    { "ＰＡＳＳＰＯＲＴ", JK_ID_PASSPORT },
    { "军官证", JK_ID_MILITARY },
    { "士兵证", JK_ID_MILITARY },
    { "military", JK_ID_MILITARY },
  };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    JkIdKind kind = 0;
    assert_true (jk_id_kind_parse (names[i].name, &kind));
    assert_int_equal (kind, names[i].kind);
  }
}

static void
unknown_kinds_are_refused (void **state)
{
  JkIdKind kind = JK_ID_PASSPORT;
  assert_false (jk_id_kind_parse ("", &kind));
  assert_false (jk_id_kind_parse ("驾驶证", &kind));
  assert_int_equal (kind, JK_ID_PASSPORT);
}

static void
every_fault_has_words_of_its_own (void **state)
{
  for (JkIdFault a = JK_ID_OK; a <= JK_ID_CHECK; a++) {
    assert_true (strlen (jk_id_fault_expectation (a)) > 10);
    for (JkIdFault b = JK_ID_OK; b < a; b++)
      assert_string_not_equal (jk_id_fault_expectation (a), jk_id_fault_expectation (b));
  }
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_numbers_of_the_standard_are_good),
    cmocka_unit_test (typed_forms_are_good_once_canonical),
    cmocka_unit_test (birth_and_sex_are_read),
    cmocka_unit_test (a_number_without_a_day_has_no_facts),
    cmocka_unit_test (facts_are_left_alone_on_failure),
    cmocka_unit_test (days_that_never_were_are_refused),
    cmocka_unit_test (days_after_today_are_refused),
    cmocka_unit_test (a_wrong_check_letter_is_found),
    cmocka_unit_test (every_single_wrong_character_is_found),
    cmocka_unit_test (every_swap_of_neighbours_is_found),
    cmocka_unit_test (the_first_generation_has_its_own_fault),
    cmocka_unit_test (other_lengths_and_letters_are_refused),
    cmocka_unit_test (residence_permits_have_their_prefixes),
    cmocka_unit_test (places_are_provinces_or_worth_a_question),
    cmocka_unit_test (ages_are_full_years),
    cmocka_unit_test (permanent_foreign_residents_have_two_forms),
    cmocka_unit_test (permits_of_hong_kong_and_macao_are_checked_by_form),
    cmocka_unit_test (permits_of_taiwan_are_checked_by_form),
    cmocka_unit_test (passports_are_checked_by_form),
    cmocka_unit_test (military_numbers_are_free_text),
    cmocka_unit_test (kinds_are_known_by_both_names),
    cmocka_unit_test (unknown_kinds_are_refused),
    cmocka_unit_test (every_fault_has_words_of_its_own),
  };
  return cmocka_run_group_tests_name ("id-number", tests, NULL, NULL);
}
