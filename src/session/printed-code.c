/* SPDX-License-Identifier: Apache-2.0 */
/* session/printed-code.c: see the header; every copy in plain memory is wiped here. */
#include "session/printed-code.h"

#include "base/code.h"
#include "base/text.h"

#define BITS_PER_LETTER 5u
#define LETTERS_MAX 24u
#define GROUP 4u

JkSecret *
jk_printed_code_parse (const char *typed, guint n_bits, GError **error)
{
  char letters[LETTERS_MAX];

  g_assert (n_bits / BITS_PER_LETTER + 2 <= sizeof letters);
  if (!jk_code_parse (typed, n_bits, letters, error))
    return NULL;
  JkSecret *code = jk_secret_new_copy (letters, n_bits / BITS_PER_LETTER + 1);
  jk_wipe (letters, sizeof letters);
  return code;
}

JkSecret *
jk_printed_code_new (const JkRandom *random, const char *use, guint64 index, guint n_bits)
{
  g_autoptr (JkSecret) bits = jk_secret_new_random (random, use, index, (n_bits + 7) / 8);
  char *text = jk_code_format (jk_secret_get (bits), n_bits);
  JkSecret *code = jk_printed_code_parse (text, n_bits, NULL);

  g_assert (code != NULL);
  jk_text_wipe (text);
  return code;
}

char *
jk_printed_code_dup_text (const JkSecret *code)
{
  const guint8 *letters = jk_secret_get (code);
  gsize n = jk_secret_get_size (code);
  char *text = g_malloc (n + n / GROUP + 1);
  gsize length = 0;

  for (gsize i = 0; i < n; i++) {
    gboolean is_left_over = i + 1 == n && n % GROUP == 1;
    if (i > 0 && i % GROUP == 0 && !is_left_over)
      text[length++] = '-';
    text[length++] = (char) letters[i];
  }
  text[length] = '\0';
  return text;
}
