/* SPDX-License-Identifier: Apache-2.0 */
/* bank/gift.c: blocks of GIFT text, their comments with [id:] and [tag:], title, stem and braces.
 *
 * One pass, linear in the text. Differences from Moodle: a line or an option "0" is text, not
 * blank; a comment leaves no empty line in the stem; a tag's value may hold < > and `. */
#include "bank/gift.h"

#include "bank/gift-answers.h"
#include "bank/gift-text.h"
#include "base/limits.h"
#include "base/number.h"

#include <string.h>

#define CATEGORY "$CATEGORY:"
#define GAP "_____"

typedef struct {
  /* Owned */
  char *value; /* of [id:VALUE] or [tag:VALUE] */
  /* Plain */
  guint line;
  gboolean is_id;
} Tag;

typedef struct {
  /* Owned */
  GString *text; /* its lines without comments */
  GPtrArray *tags;
  /* Plain */
  guint line; /* of its first line; 0 between blocks */
  gboolean tags_are_whole;
  gboolean lines_are_whole;
} Block;

typedef struct {
  /* Borrowed */
  const char *file;
  JkReport *report;
  GPtrArray *items;
  /* Plain */
  Block block;
} Reader;

static void
tag_free (gpointer data)
{
  Tag *tag = data;
  g_free (tag->value);
  g_free (tag);
}

static void
report_notice (const Reader *self,
               guint line,
               const char *found,
               const char *expected,
               const char *advice)
{
  g_autofree char *place = g_strdup_printf ("line %u", line);
  jk_report_add (self->report, JK_FINDING_NOTICE, self->file, place, found, expected, advice);
}

/* The value up to the ] that no backslash stands before; NULL when the line ends first. */
static char *
cut_value (const char **at, const char *end)
{
  GString *value = g_string_new (NULL);

  for (; *at < end && **at != ']'; (*at)++) {
    if (**at == '\\' && *at + 1 < end && (*at)[1] == ']')
      (*at)++;
    g_string_append_c (value, **at);
  }
  char *text = g_string_free (value, *at == end);
  return text == NULL ? NULL : g_strstrip (text);
}

static void
read_comment (Reader *self, const char *text, gsize size, guint line)
{
  const char *end = text + size;

  for (const char *at = text; at < end; at++) {
    gboolean is_id = g_str_has_prefix (at, "[id:");
    if (!is_id && !g_str_has_prefix (at, "[tag:"))
      continue;
    at += is_id ? strlen ("[id:") : strlen ("[tag:");
    g_autofree char *value = cut_value (&at, end);
    if (value == NULL || *value == '\0') {
      jk_report_fault_at_line (self->report,
                               self->file,
                               line,
                               "[id:NAME] or [tag:NAME:VALUE]",
                               "close it with ] on the same line and put a value in",
                               "%s",
                               value == NULL ? "a [ without its ]" : "a tag without a value");
      self->block.tags_are_whole = FALSE;
      continue;
    }
    Tag *tag = g_new0 (Tag, 1);
    tag->value = g_steal_pointer (&value);
    tag->line = line;
    tag->is_id = is_id;
    g_ptr_array_add (self->block.tags, tag);
  }
}

/* Finds the text of title and question, without the title; blanks at the ends are gone already. */
static const char *
skip_title (const char *text)
{
  if (!g_str_has_prefix (text, "::"))
    return text;
  text += 2;
  const char *end = strstr (text, "::");
  if (end == NULL)
    return text;
  text = end + 2;
  while (jk_gift_is_blank (*text))
    text++;
  return text;
}

/* Takes the text behind the last #### off answers; NULL when there is none. */
static char *
cut_general_feedback (JkGiftPlace *place, char *answers)
{
  char *mark = g_strrstr (answers, "####");

  if (mark == NULL)
    return NULL;
  *mark = '\0';
  g_strchomp (answers);
  return jk_gift_place_read (place, mark + 4, strlen (mark + 4));
}

/* Stem with a gap where the answers stood, unless they stood at the very end. */
static char *
read_stem (JkGiftPlace *place, const char *text, const char *open, const char *close)
{
  g_autoptr (GString) stem = g_string_new_len (text, open - text);

  if (close[1] != '\0') {
    g_string_append (stem, GAP);
    g_string_append (stem, close + 1);
  }
  g_autofree char *plain = jk_gift_read_text (stem->str, stem->len, place->format, &place->format);
  place->formatted = place->format != JK_GIFT_FORMAT_PLAIN;
  return g_steal_pointer (&plain);
}

/* Finds the braces around the answers; reports what is not one pair. */
static gboolean
find_braces (const JkGiftPlace *place, const char *text, const char **open, const char **close)
{
  const char *first = strchr (text, '{');
  const char *last = strchr (text, '}');

  if (first == NULL && last == NULL) {
    jk_gift_refuse_type (place, JK_GIFT_TYPE_DESCRIPTION);
    return FALSE;
  }
  if (first == NULL || last == NULL || last < first) {
    jk_report_fault_at_line (place->report,
                             place->file,
                             place->line,
                             "the answers between one { and one }",
                             "close the answers, leave no blank line inside them, and write \\{ or "
                             "\\} for a brace that is text",
                             "%s",
                             last == NULL ? "a { without its }" : "a } without its {");
    return FALSE;
  }
  if (strpbrk (last + 1, "{}") != NULL) {
    jk_gift_refuse_type (place, JK_GIFT_TYPE_SEVERAL_ANSWERS);
    return FALSE;
  }
  *open = first;
  *close = last;
  return TRUE;
}

/* Stem, type, options and rationale. FALSE after reporting. */
static gboolean
read_question (JkGiftPlace *place, const char *text, JkItem *item)
{
  const char *open;
  const char *close;
  gboolean ok = TRUE;

  text = skip_title (text);
  if (!find_braces (place, text, &open, &close))
    return FALSE;
  item->stem = read_stem (place, text, open, close);

  g_autofree char *answers = g_strstrip (g_strndup (open + 1, close - open - 1));
  g_autofree char *general = cut_general_feedback (place, answers);
  JkGiftType type = jk_gift_find_type (answers);
  if (type == JK_GIFT_TYPE_CHOICE) {
    ok = jk_gift_read_choice (place, answers, item);
  } else if (type == JK_GIFT_TYPE_TRUE_FALSE) {
    jk_gift_read_true_false (place, answers, item);
  } else {
    jk_gift_refuse_type (place, type);
    return FALSE;
  }
  if (general != NULL) {
    g_free (item->rationale);
    item->rationale = g_steal_pointer (&general);
  }
  if (place->formatted) {
    jk_report_fault_at_line (place->report,
                             place->file,
                             place->line,
                             "plain text",
                             "remove the mark and the mark-up, and attach pictures with "
                             "[tag:picture:NAME]",
                             "text marked [html] or [markdown]");
    ok = FALSE;
  }
  return ok;
}

static gboolean
set_once (char **field, const char *value)
{
  if (*field != NULL)
    return FALSE;
  *field = g_strdup (value);
  return TRUE;
}

static gboolean
set_difficulty (JkItem *item, const char *value)
{
  gint64 number;

  if (item->difficulty != 0 || !jk_number_parse (value, 1, JK_DIFFICULTY_MAX, &number))
    return FALSE;
  item->difficulty = (guint) number;
  return TRUE;
}

/* Pins the option whose text is value behind those pinned before. */
static gboolean
pin_option (JkItem *item, const char *value)
{
  JkOption *found = NULL;
  guint n_pinned = 0;

  for (guint i = 0; i < item->options->len; i++) {
    JkOption *option = g_ptr_array_index (item->options, i);
    n_pinned += option->pinned > 0;
    if (option->pinned == 0 && found == NULL && strcmp (option->text, value) == 0)
      found = option;
  }
  if (found == NULL)
    return FALSE;
  found->pinned = n_pinned + 1;
  return TRUE;
}

/* What a tag's name must be followed by; NULL for a name we do not know. */
static const char *
apply_tag (JkItem *item, const char *name, const char *value, gboolean *out_ok)
{
  if (strcmp (name, "point") == 0) {
    *out_ok = set_once (&item->element, value);
    return "one element's code";
  }
  if (strcmp (name, "difficulty") == 0) {
    *out_ok = set_difficulty (item, value);
    return "one number from 1 to 5";
  }
  if (strcmp (name, "enemy") == 0) {
    *out_ok = set_once (&item->enemy, value);
    return "one name";
  }
  if (strcmp (name, "picture") == 0) {
    *out_ok = set_once (&item->picture, value);
    return "one file name";
  }
  if (strcmp (name, "pinned") == 0) {
    *out_ok = pin_option (item, value);
    return "the text of an option as it stands below, once for each option";
  }
  return NULL;
}

static gboolean
read_tag (const Reader *self, const Tag *tag, JkItem *item)
{
  g_auto (GStrv) parts = g_strsplit (tag->value, ":", 2);
  const char *value = parts[1] == NULL ? "" : g_strstrip (parts[1]);
  const char *name = tag->is_id ? "id" : g_strstrip (parts[0]);
  const char *expected = "one name";
  gboolean ok = FALSE;

  if (tag->is_id)
    ok = set_once (&item->id, tag->value);
  else
    expected = apply_tag (item, name, value, &ok);

  if (expected == NULL) {
    g_autofree char *found = g_strdup_printf ("unknown tag \"%s\"", name);
    report_notice (self,
                   tag->line,
                   found,
                   "point, difficulty, enemy, picture or pinned",
                   "correct the name if it is misspelt");
    return TRUE;
  }
  if (ok && (tag->is_id || *value != '\0'))
    return TRUE;
  jk_report_fault_at_line (self->report,
                           self->file,
                           tag->line,
                           expected,
                           "correct the comment line of this question",
                           "%s \"%s\"",
                           name,
                           tag->is_id ? tag->value : value);
  return FALSE;
}

static void
read_item (Reader *self, const char *text)
{
  JkGiftPlace place = { .file = self->file, .report = self->report, .line = self->block.line };
  g_autoptr (JkItem) item = jk_item_new (self->file, self->block.line);
  gboolean is_read = read_question (&place, text, item);
  gboolean ok = is_read && self->block.tags_are_whole;

  /* Without a question there are no options to pin, and every tag would be a second fault. */
  for (guint i = 0; i < self->block.tags->len && is_read; i++)
    ok = read_tag (self, g_ptr_array_index (self->block.tags, i), item) && ok;
  if (ok)
    g_ptr_array_add (self->items, g_steal_pointer (&item));
}

static void
read_block (Reader *self)
{
  const Block *block = &self->block;
  g_autofree char *text = g_strstrip (jk_gift_protect (block->text->str));

  if (*text == '\0') {
    if (block->tags->len > 0)
      report_notice (self,
                     block->line,
                     "a comment with [id:] or [tag:] that belongs to no question",
                     "the comment directly above its question",
                     "remove the blank line below the comment");
  } else if (!g_str_has_prefix (text, CATEGORY)) {
    read_item (self, text);
  } else if (strchr (text, '\n') != NULL) {
    jk_report_fault_at_line (self->report,
                             self->file,
                             block->line,
                             "a blank line below " CATEGORY,
                             "put a blank line in, or Moodle loses the question",
                             "a question directly below " CATEGORY);
  }
}

static void
finish_block (Reader *self)
{
  Block *block = &self->block;

  if (block->lines_are_whole)
    read_block (self);
  g_string_truncate (block->text, 0);
  g_ptr_array_set_size (block->tags, 0);
  block->line = 0;
  block->tags_are_whole = TRUE;
  block->lines_are_whole = TRUE;
}

static void
read_line (Reader *self, const char *text, gsize size, guint line)
{
  Block *block = &self->block;

  if (block->line == 0)
    block->line = line;
  if (size > JK_LINE_BYTES_MAX) {
    jk_report_fault_at_line (self->report,
                             self->file,
                             line,
                             "at most 65536 bytes",
                             "break the line",
                             "a line of %" G_GSIZE_FORMAT " bytes",
                             size);
    block->lines_are_whole = FALSE;
    return;
  }
  jk_gift_trim (&text, &size);
  if (size == 0) {
    finish_block (self);
    return;
  }
  if (size >= 2 && text[0] == '/' && text[1] == '/') {
    read_comment (self, text, size, line);
    return;
  }
  if (block->text->len > 0)
    g_string_append_c (block->text, '\n');
  g_string_append_len (block->text, text, size);
}

static void
free_item (gpointer data)
{
  jk_item_free (data);
}

GPtrArray *
jk_gift_parse (const char *file, const char *text, JkReport *report)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_item);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (tag_free);
  Block block = {
    .text = lines,
    .tags = tags,
    .tags_are_whole = TRUE,
    .lines_are_whole = TRUE,
  };
  Reader self = { .file = file, .report = report, .items = items, .block = block };
  guint line = 1;

  for (const char *at = text; *at != '\0'; line++) {
    gsize size = strcspn (at, "\n");
    read_line (&self, at, size, line);
    at += size;
    at += *at == '\n';
  }
  finish_block (&self);
  return g_steal_pointer (&items);
}
