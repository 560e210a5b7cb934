/* SPDX-License-Identifier: Apache-2.0 */
/* base/id-number.c: form, day and check character of identity documents.
 *
 * Nothing here keeps, copies or quotes a number. */
#include "base/id-number.h"
#include "base/text.h"

#include <string.h>

#define CARD_LETTERS 18u
#define FIRST_ISSUE_LETTERS 15u
#define BIRTH_AT 6u
#define SEX_AT 16u
#define MILITARY_LETTERS_MIN 4
#define MILITARY_LETTERS_MAX 64

static gboolean
are_canonical (const char *text, gsize from, gsize to)
{
  for (gsize i = from; i < to; i++) {
    if (!g_ascii_isdigit (text[i]) && !g_ascii_isupper (text[i]))
      return FALSE;
  }
  return TRUE;
}

static gint
number_at (const char *text, guint at, guint n)
{
  gint value = 0;
  for (guint i = at; i < at + n; i++)
    value = value * 10 + g_ascii_digit_value (text[i]);
  return value;
}

/* ISO 7064 MOD 11-2 over the first 17 digits. */
static char
check_letter (const char *number)
{
  static const guint weights[CARD_LETTERS - 1] = {
    7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2,
  };
  static const char letters[] = "10X98765432";
  guint sum = 0;

  for (guint i = 0; i < CARD_LETTERS - 1; i++)
    sum += weights[i] * (guint) g_ascii_digit_value (number[i]);
  return letters[sum % 11];
}

/* Provinces and their like by GB/T 2260 (50 is one, other tens are none), and what residence
 * permits (81 to 83) and cards of permanent foreign residents (9) have in their place. */
static gboolean
is_place (const char *number)
{
  static const guint8 last[] = { 0, 5, 3, 7, 6, 4, 5, 1, 3, 9 };
  guint tens = (guint) g_ascii_digit_value (number[0]);
  guint ones = (guint) g_ascii_digit_value (number[1]);

  return tens == 9 || (ones <= last[tens] && (ones >= 1 || tens == 5));
}

/* The 18 characters that residents and, since 2023, permanent foreign residents have. */
static JkIdFault
check_card (const char *number, guint today, JkIdFacts *facts)
{
  char last = number[CARD_LETTERS - 1];
  if (!jk_text_are_digits (number, 0, CARD_LETTERS - 1) || !(g_ascii_isdigit (last) || last == 'X'))
    return JK_ID_CHARACTER;

  gint year = number_at (number, BIRTH_AT, 4);
  gint month = number_at (number, BIRTH_AT + 4, 2);
  gint day = number_at (number, BIRTH_AT + 6, 2);
  if (year < 1 || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year) ||
      (guint) number_at (number, BIRTH_AT, 8) > today)
    return JK_ID_DATE;
  if (last != check_letter (number))
    return JK_ID_CHECK;

  facts->birth_year = year;
  facts->birth_month = month;
  facts->birth_day = day;
  facts->is_place_unknown = !is_place (number);
  facts->has_sex = TRUE;
  facts->is_male = g_ascii_digit_value (number[SEX_AT]) % 2 == 1;
  return JK_ID_OK;
}

static JkIdFault
check_resident (const char *number, guint today, JkIdFacts *facts)
{
  gsize n = strlen (number);
  if (n == FIRST_ISSUE_LETTERS && jk_text_are_digits (number, 0, n))
    return JK_ID_FIRST_ISSUE;
  return n == CARD_LETTERS ? check_card (number, today, facts) : JK_ID_LENGTH;
}

static JkIdFault
check_residence_permit (const char *number, guint today, JkIdFacts *facts)
{
  static const char *const prefixes[] = { "810000", "820000", "830000" };
  JkIdFault fault = check_resident (number, today, facts);
  if (fault != JK_ID_OK)
    return fault;
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++) {
    if (g_str_has_prefix (number, prefixes[i]))
      return JK_ID_OK;
  }
  return JK_ID_CHARACTER;
}

static JkIdFault
check_permanent_foreign (const char *number, guint today, JkIdFacts *facts)
{
  gsize n = strlen (number);
  if (n == CARD_LETTERS)
    return number[0] == '9' ? check_card (number, today, facts) : JK_ID_CHARACTER;
  if (n != 15)
    return JK_ID_LENGTH;
  for (guint i = 0; i < 3; i++) {
    if (!g_ascii_isupper (number[i]))
      return JK_ID_CHARACTER;
  }
  return jk_text_are_digits (number, 3, n) ? JK_ID_OK : JK_ID_CHARACTER;
}

static JkIdFault
check_hk_macao (const char *number)
{
  gsize n = strlen (number);
  if (n != 9 && n != 11)
    return JK_ID_LENGTH;
  if (number[0] != 'H' && number[0] != 'M')
    return JK_ID_CHARACTER;
  return jk_text_are_digits (number, 1, n) ? JK_ID_OK : JK_ID_CHARACTER;
}

/* Older permits have ten digits, and in print a few letters after them. */
static JkIdFault
check_taiwan (const char *number)
{
  gsize n = strlen (number);
  if (n != 8 && (n < 10 || n > 15))
    return JK_ID_LENGTH;
  gsize n_digits = MIN (n, 10);
  return jk_text_are_digits (number, 0, n_digits) && are_canonical (number, n_digits, n)
             ? JK_ID_OK
             : JK_ID_CHARACTER;
}

static JkIdFault
check_passport (const char *number)
{
  gsize n = strlen (number);
  if (n < 5 || n > 15)
    return JK_ID_LENGTH;
  return are_canonical (number, 0, n) ? JK_ID_OK : JK_ID_CHARACTER;
}

static JkIdFault
check_military (const char *number)
{
  glong n = g_utf8_validate (number, -1, NULL) ? g_utf8_strlen (number, -1) : -1;
  if (n < 0)
    return JK_ID_CHARACTER;
  return n >= MILITARY_LETTERS_MIN && n <= MILITARY_LETTERS_MAX ? JK_ID_OK : JK_ID_LENGTH;
}

static JkIdFault
check_kind (JkIdKind kind, const char *number, guint today, JkIdFacts *facts)
{
  switch (kind) {
  case JK_ID_RESIDENT:
    return check_resident (number, today, facts);
  case JK_ID_PERMANENT_FOREIGN:
    return check_permanent_foreign (number, today, facts);
  case JK_ID_HK_MACAO_PERMIT:
    return check_hk_macao (number);
  case JK_ID_TAIWAN_PERMIT:
    return check_taiwan (number);
  case JK_ID_PASSPORT:
    return check_passport (number);
  case JK_ID_MILITARY:
    return check_military (number);
  case JK_ID_RESIDENCE_PERMIT:
    return check_residence_permit (number, today, facts);
  }
  g_return_val_if_reached (JK_ID_CHARACTER);
}

JkIdFault
jk_id_number_check (JkIdKind kind, const char *canonical, guint today, JkIdFacts *out_facts)
{
  g_return_val_if_fail (canonical != NULL, JK_ID_EMPTY);

  if (*canonical == '\0')
    return JK_ID_EMPTY;

  JkIdFacts facts = { 0 };
  JkIdFault fault = check_kind (kind, canonical, today, &facts);
  if (fault == JK_ID_OK && out_facts != NULL)
    *out_facts = facts;
  return fault;
}

gboolean
jk_id_facts_get_age (const JkIdFacts *facts, guint today, guint *out_years)
{
  g_return_val_if_fail (facts != NULL, FALSE);
  g_return_val_if_fail (out_years != NULL, FALSE);

  guint birth = (guint) (facts->birth_year * 10000 + facts->birth_month * 100 + facts->birth_day);
  if (birth == 0 || birth > today)
    return FALSE;
  /* As decimal numbers: the last four digits are below only before the birthday. */
  *out_years = (today - birth) / 10000;
  return TRUE;
}

/* In the form of plain_name. */
static const struct {
  const char *name;
  JkIdKind kind;
} kind_names[] = {
  { "居民身份证", JK_ID_RESIDENT },
  { "中华人民共和国居民身份证", JK_ID_RESIDENT },
  { "身份证", JK_ID_RESIDENT },
  { "二代身份证", JK_ID_RESIDENT },
  { "第二代身份证", JK_ID_RESIDENT },
  { "二代居民身份证", JK_ID_RESIDENT },
  { "第二代居民身份证", JK_ID_RESIDENT },
  { "居民身份证二代", JK_ID_RESIDENT },
  { "临时居民身份证", JK_ID_RESIDENT },
  { "临时身份证", JK_ID_RESIDENT },
  { "sfz", JK_ID_RESIDENT },
  { "resident", JK_ID_RESIDENT },
  { "residentidcard", JK_ID_RESIDENT },
  { "idcard", JK_ID_RESIDENT },
  { "港澳台居民居住证", JK_ID_RESIDENCE_PERMIT },
  { "港澳居民居住证", JK_ID_RESIDENCE_PERMIT },
  { "香港居民居住证", JK_ID_RESIDENCE_PERMIT },
  { "澳门居民居住证", JK_ID_RESIDENCE_PERMIT },
  { "台湾居民居住证", JK_ID_RESIDENCE_PERMIT },
  { "港澳台居住证", JK_ID_RESIDENCE_PERMIT },
  { "residencepermit", JK_ID_RESIDENCE_PERMIT },
  { "外国人永久居留身份证", JK_ID_PERMANENT_FOREIGN },
  { "外国人永久居留证", JK_ID_PERMANENT_FOREIGN },
  { "外国人永久居住证", JK_ID_PERMANENT_FOREIGN },
  { "境外永久居住证", JK_ID_PERMANENT_FOREIGN },
  { "境外人员永久居住证", JK_ID_PERMANENT_FOREIGN },
  { "永久居留身份证", JK_ID_PERMANENT_FOREIGN },
  { "永久居留证", JK_ID_PERMANENT_FOREIGN },
  { "五星卡", JK_ID_PERMANENT_FOREIGN },
  { "permanentforeign", JK_ID_PERMANENT_FOREIGN },
  { "港澳居民来往内地通行证", JK_ID_HK_MACAO_PERMIT },
  { "港澳居民往来内地通行证", JK_ID_HK_MACAO_PERMIT },
  { "港澳居民通行证", JK_ID_HK_MACAO_PERMIT },
  { "香港居民来往内地通行证", JK_ID_HK_MACAO_PERMIT },
  { "澳门居民来往内地通行证", JK_ID_HK_MACAO_PERMIT },
  { "回乡证", JK_ID_HK_MACAO_PERMIT },
  { "回乡卡", JK_ID_HK_MACAO_PERMIT },
  { "港澳同胞回乡证", JK_ID_HK_MACAO_PERMIT },
  { "hkmacao", JK_ID_HK_MACAO_PERMIT },
  { "台湾居民来往大陆通行证", JK_ID_TAIWAN_PERMIT },
  { "台湾居民往来大陆通行证", JK_ID_TAIWAN_PERMIT },
  { "台湾同胞来往大陆通行证", JK_ID_TAIWAN_PERMIT },
  { "台湾居民通行证", JK_ID_TAIWAN_PERMIT },
  { "台胞证", JK_ID_TAIWAN_PERMIT },
  { "taiwan", JK_ID_TAIWAN_PERMIT },
  { "护照", JK_ID_PASSPORT },
  { "中国护照", JK_ID_PASSPORT },
  { "中华人民共和国护照", JK_ID_PASSPORT },
  { "普通护照", JK_ID_PASSPORT },
  { "因私护照", JK_ID_PASSPORT },
  { "外国护照", JK_ID_PASSPORT },
  { "外籍护照", JK_ID_PASSPORT },
  { "香港特区护照身份证明", JK_ID_PASSPORT },
  { "香港特别行政区护照身份证明", JK_ID_PASSPORT },
  { "香港特区护照", JK_ID_PASSPORT },
  { "香港特区护照或身份证明", JK_ID_PASSPORT },
  { "香港身份证", JK_ID_PASSPORT },
  { "香港居民身份证", JK_ID_PASSPORT },
  { "香港永久性居民身份证", JK_ID_PASSPORT },
  { "澳门特区护照身份证明", JK_ID_PASSPORT },
  { "澳门特别行政区护照身份证明", JK_ID_PASSPORT },
  { "澳门特区护照", JK_ID_PASSPORT },
  { "澳门特区护照或身份证明", JK_ID_PASSPORT },
  { "澳门身份证", JK_ID_PASSPORT },
  { "澳门居民身份证", JK_ID_PASSPORT },
  { "passport", JK_ID_PASSPORT },
  { "军官证", JK_ID_MILITARY },
  { "士兵证", JK_ID_MILITARY },
  { "士官证", JK_ID_MILITARY },
  { "军士证", JK_ID_MILITARY },
  { "义务兵证", JK_ID_MILITARY },
  { "文职干部证", JK_ID_MILITARY },
  { "文职人员证", JK_ID_MILITARY },
  { "警官证", JK_ID_MILITARY },
  { "武警警官证", JK_ID_MILITARY },
  { "武警士兵证", JK_ID_MILITARY },
  { "军人证", JK_ID_MILITARY },
  { "军人身份证", JK_ID_MILITARY },
  { "军人身份证件", JK_ID_MILITARY },
  { "军官证士兵证", JK_ID_MILITARY },
  { "military", JK_ID_MILITARY },
};

/* Small letters without blanks and signs. */
static char *
plain_name (const char *name)
{
  g_autofree char *normal = jk_text_normalise (name);
  GString *plain = g_string_new (NULL);

  for (const char *at = normal; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar letter = g_utf8_get_char (at);
    if (g_unichar_isalnum (letter))
      g_string_append_unichar (plain, g_unichar_tolower (letter));
  }
  return g_string_free (plain, FALSE);
}

gboolean
jk_id_kind_parse (const char *name, JkIdKind *out_kind)
{
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (out_kind != NULL, FALSE);

  g_autofree char *plain = plain_name (name);
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++) {
    if (g_str_equal (plain, kind_names[i].name)) {
      *out_kind = kind_names[i].kind;
      return TRUE;
    }
  }
  return FALSE;
}

const char *
jk_id_fault_expectation (JkIdFault fault)
{
  switch (fault) {
  case JK_ID_OK:
    return "a valid number";
  case JK_ID_EMPTY:
    return "the number of an identity document";
  case JK_ID_LENGTH:
    return "as many characters as this document has (18 on a resident identity card)";
  case JK_ID_FIRST_ISSUE:
    return "the 18-digit number: the first generation with 15 digits is no longer valid";
  case JK_ID_CHARACTER:
    return "only the digits and letters that this document has in these places";
  case JK_ID_DATE:
    return "a day of birth that exists and is not after today";
  case JK_ID_CHECK:
    return "a check character that fits: a digit is mistyped";
  }
  g_return_val_if_reached ("a valid number");
}
