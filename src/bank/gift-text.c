/* SPDX-License-Identifier: Apache-2.0 */
/* bank/gift-text.c: escapes, blanks and [format] marks of GIFT. */
#include "bank/gift-text.h"

#include <string.h>

#define PLACEHOLDER_FIRST 0xF8u

/* What may stand behind a backslash, and what it stands for; the place is the placeholder's. */
static const char escaped[] = ":#={}~n";
static const char restored[] = ":#={}~\n";

G_STATIC_ASSERT (PLACEHOLDER_FIRST + sizeof escaped - 2 <= 0xFE);
G_STATIC_ASSERT (sizeof escaped == sizeof restored);

static const struct {
  const char *mark;
  JkGiftFormat format;
} marks[] = {
  { "[plain]", JK_GIFT_FORMAT_PLAIN },
  { "[moodle]", JK_GIFT_FORMAT_PLAIN },
  { "[html]", JK_GIFT_FORMAT_HTML },
  { "[markdown]", JK_GIFT_FORMAT_MARKDOWN },
};

gboolean
jk_gift_is_blank (char c)
{
  return c == ' ' || (c >= '\t' && c <= '\r' && c != '\f');
}

void
jk_gift_trim (const char **text, gsize *size)
{
  while (*size > 0 && jk_gift_is_blank ((*text)[*size - 1]))
    (*size)--;
  while (*size > 0 && jk_gift_is_blank ((*text)[0])) {
    (*text)++;
    (*size)--;
  }
}

char *
jk_gift_protect (const char *text)
{
  char *out = g_malloc (strlen (text) + 1);
  gsize n = 0;

  for (const char *at = text; *at != '\0'; at++) {
    const char *found = at[0] == '\\' && at[1] != '\0' ? strchr (escaped, at[1]) : NULL;
    if (found != NULL)
      out[n++] = (char) (PLACEHOLDER_FIRST + (guint) (found - escaped));
    else
      out[n++] = *at;
    if (found != NULL || (at[0] == '\\' && at[1] == '\\'))
      at++;
  }
  out[n] = '\0';
  return out;
}

char *
jk_gift_read_text (const char *text, gsize size, JkGiftFormat fallback, JkGiftFormat *out_format)
{
  JkGiftFormat format = fallback;

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++) {
    gsize mark_size = strlen (marks[i].mark);
    if (size >= mark_size && memcmp (text, marks[i].mark, mark_size) == 0) {
      format = marks[i].format;
      text += mark_size;
      size -= mark_size;
      break;
    }
  }

  g_autofree char *copy = g_strndup (text, size);
  for (char *at = copy; *at != '\0'; at++) {
    guint place = (guint8) *at - PLACEHOLDER_FIRST;
    if (place < sizeof restored - 1)
      *at = restored[place];
  }
  const char *cut = copy;
  gsize cut_size = strlen (copy);
  jk_gift_trim (&cut, &cut_size);
  *out_format = format;
  return g_strndup (cut, cut_size);
}
