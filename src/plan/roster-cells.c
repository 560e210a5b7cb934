/* SPDX-License-Identifier: Apache-2.0 */
/* plan/roster-cells.c: forms of single cells; no cell is quoted that could hold an ID number. */
#include "plan/roster-cells.h"
#include "base/limits.h"
#include "base/text.h"

#include <string.h>

#define PLACE_LETTERS_MAX 16
#define MINUTES_DIGITS_MAX 3
#define QUOTE_LETTERS_MAX 32
#define QUOTE_DIGITS_MAX 4

/* A full-width letter as its plain form; others as they are. */
static gunichar
narrow (gunichar letter)
{
  if (letter == 0x3000)
    return ' ';
  return letter >= 0xff01 && letter <= 0xff5e ? letter - 0xfee0 : letter;
}

gboolean
jk_roster_cell_is_number (const char *text)
{
  static const char allowed[] = " -()'\"=\t";
  gsize n = 0;
  g_return_val_if_fail (text != NULL, FALSE);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar letter = narrow (g_utf8_get_char (at));
    if (letter >= 0x80)
      return FALSE;
    if (g_ascii_isalnum ((char) letter))
      n++;
    else if (strchr (allowed, (char) letter) == NULL)
      return FALSE;
  }
  return n > 0;
}

gboolean
jk_roster_cell_is_scientific (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return g_regex_match_simple ("^\\s*[0-9]([.][0-9]+)?[Ee][+][0-9]+\\s*$", text, 0, 0);
}

gboolean
jk_roster_cell_is_name (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;
  }
  return *text != '\0' && strlen (text) <= JK_NAME_BYTES_MAX;
}

gboolean
jk_roster_cell_is_place (const char *text)
{
  glong n = 0;
  g_return_val_if_fail (text != NULL, FALSE);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at), n++) {
    gunichar letter = g_utf8_get_char (at);
    if (!g_unichar_isalnum (letter) && letter != '-' && letter != '_')
      return FALSE;
  }
  return n >= 1 && n <= PLACE_LETTERS_MAX;
}

gboolean
jk_roster_cell_parse_sex (const char *text, char *out_sex)
{
  static const struct {
    const char *name;
    char sex;
  } names[] = {
    { "", 0 },     { "男", 'M' }, { "M", 'M' },      { "male", 'M' },
    { "女", 'F' }, { "F", 'F' },  { "female", 'F' },
  };
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (out_sex != NULL, FALSE);

  g_autofree char *normal = jk_text_normalise (text);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_ascii_strcasecmp (normal, names[i].name) == 0) {
      *out_sex = names[i].sex;
      return TRUE;
    }
  }
  return FALSE;
}

gboolean
jk_roster_cell_parse_minutes (const char *text, guint16 *out_minutes)
{
  static const char *const units[] = { "分钟", "分", "min", "", NULL };
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (out_minutes != NULL, FALSE);

  g_autofree char *normal = jk_text_normalise (text);
  if (*normal == '\0' || g_str_equal (normal, "无")) {
    *out_minutes = 0;
    return TRUE;
  }
  gsize n = strspn (normal, "0123456789");
  const char *unit = normal + n;
  if (n < 1 || n > MINUTES_DIGITS_MAX)
    return FALSE;
  if (*unit == ' ')
    unit++;
  guint64 minutes = g_ascii_strtoull (normal, NULL, 10);
  if (minutes > JK_EXTRA_MINUTES_MAX || !g_strv_contains (units, unit))
    return FALSE;
  *out_minutes = (guint16) minutes;
  return TRUE;
}

/* YYYYMMDD, or 0 when there is no such day. */
static guint
make_day (guint year, guint month, guint day)
{
  if (year < 1 || year > 9999 || month > 12 || day > 31 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return 0;
  return year * 10000 + month * 100 + day;
}

guint
jk_roster_cell_parse_day (const char *text)
{
  guint parts[3] = { 0 };
  guint n = 0;
  g_return_val_if_fail (text != NULL, 0);

  g_autofree char *normal = jk_text_normalise (text);
  if (strlen (normal) == 8 && strspn (normal, "0123456789") == 8) {
    guint number = (guint) g_ascii_strtoull (normal, NULL, 10);
    return make_day (number / 10000, number / 100 % 100, number % 100);
  }
  for (char *at = normal; g_ascii_isdigit (*at) && n < G_N_ELEMENTS (parts); n++) {
    guint64 number = g_ascii_strtoull (at, &at, 10);
    parts[n] = (guint) MIN (number, 10000);
    while (*at != '\0' && !g_ascii_isdigit (*at))
      at++;
  }
  return make_day (parts[0], parts[1], parts[2]);
}

gboolean
jk_roster_cell_parse_years (const char *text, guint *out_years)
{
  static const char form[] = "^[0-9]{1,2}([.][0-9]+)? ?(年|years?|y)?(以上|多)? ?"
                             "([0-9]{1,2} ?个?月)?$";
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (out_years != NULL, FALSE);

  g_autofree char *normal = jk_text_normalise (text);
  if (!g_regex_match_simple (form, normal, G_REGEX_CASELESS, 0))
    return FALSE;
  *out_years = (guint) g_ascii_strtoull (normal, NULL, 10);
  return TRUE;
}

char *
jk_roster_cell_dup_quote (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autofree char *valid = g_utf8_make_valid (text, -1);
  glong n = g_utf8_strlen (valid, -1);
  guint n_digits = 0;
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    if (g_unichar_isdigit (g_utf8_get_char (at)))
      n_digits++;
  }
  if (n_digits <= QUOTE_DIGITS_MAX && n <= QUOTE_LETTERS_MAX)
    return g_strdup_printf ("“%s”", valid);
  explicit_bzero (valid, strlen (valid));
  return g_strdup_printf ("with %ld characters", n);
}
