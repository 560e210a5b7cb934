/* SPDX-License-Identifier: Apache-2.0 */
/* base/code.c: Crockford's 32 letters and the Luhn check modulo 32.
 *
 * Doubling modulo 32 (with the carry added back) permutes the letters, so every single wrong letter
 * is found; of the swaps of neighbours only 0 with Z is not. No message quotes a code, and copies
 * of it are wiped. */
#include "base/code.h"
#include "base/error.h"
#include "base/text.h"

#include <string.h>

#define BITS_PER_LETTER 5u
#define LETTERS 32u
#define BITS_MAX 100u
#define GROUP 4u

static const char alphabet[LETTERS + 1] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* The n-th five bits, from the highest bit of the first byte on. */
static guint
letter_at (const guint8 *data, guint n)
{
  guint value = 0;
  for (guint bit = n * BITS_PER_LETTER; bit < (n + 1) * BITS_PER_LETTER; bit++)
    value = value << 1 | ((data[bit / 8] >> (7 - bit % 8)) & 1u);
  return value;
}

static guint
value_of (char letter)
{
  return (guint) (strchr (alphabet, letter) - alphabet);
}

/* The letter that makes the sum a multiple of 32, counting every second letter double, from the
 * last one of the n before the check on. */
static char
check_letter (const char *letters, guint n)
{
  guint sum = 0;
  for (guint i = 0; i < n; i++) {
    guint value = value_of (letters[i]);
    gboolean is_doubled = (n - i) % 2 == 1;
    sum += is_doubled ? value * 2 / LETTERS + value * 2 % LETTERS : value;
  }
  return alphabet[(LETTERS - sum % LETTERS) % LETTERS];
}

char *
jk_code_format_short (const guint8 *data, guint n_bits)
{
  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (n_bits > 0 && n_bits <= BITS_MAX && n_bits % BITS_PER_LETTER == 0, NULL);

  guint n = n_bits / BITS_PER_LETTER;
  char *letters = g_malloc (n + 1);
  for (guint i = 0; i < n; i++)
    letters[i] = alphabet[letter_at (data, i)];
  letters[n] = '\0';
  return letters;
}

char *
jk_code_format (const guint8 *data, guint n_bits)
{
  char *letters = jk_code_format_short (data, n_bits);
  if (letters == NULL)
    return NULL;

  guint n = n_bits / BITS_PER_LETTER;
  guint n_shown = n + 1;
  char *text = g_malloc (n_shown + n_shown / GROUP + 1);
  guint length = 0;
  for (guint i = 0; i < n_shown; i++) {
    gboolean is_left_over = i + 1 == n_shown && n_shown % GROUP == 1;
    if (i > 0 && i % GROUP == 0 && !is_left_over)
      text[length++] = '-';
    text[length++] = i < n ? letters[i] : check_letter (letters, n);
  }
  text[length] = '\0';
  jk_text_wipe (letters);
  return text;
}

static gboolean
is_between_letters (gunichar letter)
{
  /* The dashes of U+2010 to U+2015, and the minus sign, are what word processors make of "-". */
  return g_unichar_isspace (letter) || letter == '-' || letter == 0x2212 ||
         (letter >= 0x2010 && letter <= 0x2015);
}

/* The letter meant, or 0. */
static char
forgive (gunichar letter)
{
  if (letter == 0 || letter >= 0x80)
    return 0;

  char upper = g_ascii_toupper ((char) letter);
  if (upper == 'O')
    return '0';
  if (upper == 'I' || upper == 'L')
    return '1';
  return strchr (alphabet, upper) != NULL ? upper : 0;
}

static gboolean
read_letters (const char *compatible, guint n, char *out, GError **error)
{
  guint length = 0;

  for (const char *at = compatible; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar typed = g_utf8_get_char (at);
    if (is_between_letters (typed))
      continue;
    char letter = forgive (typed);
    if (letter == 0) {
      g_set_error (error,
                   JK_BASE_ERROR,
                   JK_BASE_ERROR_CODE,
                   "Character %u of the code is neither a digit nor a letter of codes (U is none): "
                   "type it again.",
                   length + 1);
      return FALSE;
    }
    if (length < n)
      out[length] = letter;
    length++;
  }
  if (length != n) {
    g_set_error (
        error,
        JK_BASE_ERROR,
        JK_BASE_ERROR_CODE,
        "The code has %u letters, where %u were expected: compare it with the printed one.",
        length,
        n);
    return FALSE;
  }
  return TRUE;
}

gboolean
jk_code_parse (const char *typed, guint n_bits, char *out, GError **error)
{
  g_return_val_if_fail (typed != NULL, FALSE);
  g_return_val_if_fail (n_bits > 0 && n_bits <= BITS_MAX && n_bits % BITS_PER_LETTER == 0, FALSE);
  g_return_val_if_fail (out != NULL, FALSE);

  guint n = n_bits / BITS_PER_LETTER;
  gboolean is_good = FALSE;
  char *compatible = g_utf8_normalize (typed, -1, G_NORMALIZE_NFKC);

  if (compatible == NULL)
    g_set_error_literal (error,
                         JK_BASE_ERROR,
                         JK_BASE_ERROR_CODE,
                         "The code is not text (UTF-8): type it again.");
  else if (read_letters (compatible, n + 1, out, error)) {
    is_good = out[n] == check_letter (out, n);
    if (!is_good)
      g_set_error_literal (error,
                           JK_BASE_ERROR,
                           JK_BASE_ERROR_CODE,
                           "The code is mistyped: its check letter does not fit; compare it letter "
                           "by letter with the printed one.");
  }
  jk_text_wipe (compatible);

  if (!is_good)
    explicit_bzero (out, n + 2);
  else
    out[n + 1] = '\0';
  return is_good;
}
