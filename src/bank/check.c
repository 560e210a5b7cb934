/* SPDX-License-Identifier: Apache-2.0 */
/* bank/check.c: all checks of a source, and only checks: nothing is mended here. */
#include "bank/check.h"

#include "base/limits.h"

#include <string.h>

#define CODE_LETTERS "letters, digits, dots, dashes and underscores, at most 64"
#define UNUSED_SHOWN 5

typedef struct {
  /* Owned */
  GHashTable *ids;   /* id -> JkItem */
  GHashTable *stems; /* folded stem -> JkItem */
  /* Borrowed */
  const JkSource *source;
  const char *file;
  JkReport *report;
} Check;

/* expected, advice, then what was found, formatted. */
#define FAULT(check, item, ...)                                                                    \
  jk_report_fault_at_line ((check)->report, (item)->file, (item)->line, __VA_ARGS__)

gboolean
jk_check_is_code (const char *text)
{
  gsize size = strlen (text);

  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr (".-_", *at) == NULL)
      return FALSE;
  return size > 0 && size <= JK_ID_BYTES_MAX;
}

/* What two texts have in common that look the same: composed letters, runs of blanks as one. Not
 * NFKC: 10² and 102 are two options. */
static char *
fold (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  GString *folded = g_string_new (NULL);
  gboolean gap = FALSE;

  for (const char *at = composed; at != NULL && *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar letter = g_utf8_get_char (at);
    if (g_unichar_isspace (letter)) {
      gap = folded->len > 0;
      continue;
    }
    if (gap)
      g_string_append_c (folded, ' ');
    gap = FALSE;
    g_string_append_unichar (folded, letter);
  }
  return g_string_free (folded, FALSE);
}

/* A letter that no screen shows and that nobody meant: control letters but LF and tab, a mark of
 * byte order, a noncharacter. 0 when there is none. */
static gunichar
find_unseen (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar letter = g_utf8_get_char (at);
    if ((letter < 0x20 && letter != '\n' && letter != '\t') || (letter >= 0x7F && letter < 0xA0) ||
        letter == 0xFEFF || (letter & 0xFFFE) == 0xFFFE)
      return letter;
  }
  return 0;
}

static void
check_text (const Check *self, const JkItem *item, const char *name, const char *text, gsize max)
{
  gsize size = text == NULL ? 0 : strlen (text);
  gunichar unseen = text == NULL ? 0 : find_unseen (text);
  g_autofree char *expected = g_strdup_printf ("1 to %" G_GSIZE_FORMAT " bytes", max);

  if (size == 0)
    FAULT (self, item, expected, "write it", "no text as %s", name);
  else if (size > max)
    FAULT (self, item, expected, "shorten it", "%s of %" G_GSIZE_FORMAT " bytes", name, size);
  if (unseen != 0)
    FAULT (self,
           item,
           "letters that are seen",
           "delete the letter, which an editor may not show",
           "U+%04X in %s",
           unseen,
           name);
}

static void
check_optional (const Check *self,
                const JkItem *item,
                const char *name,
                const char *text,
                gsize max)
{
  if (text != NULL)
    check_text (self, item, name, text, max);
}

static void
check_id (const Check *self, const JkItem *item)
{
  if (item->id == NULL) {
    FAULT (self,
           item,
           "[id:NAME] in a comment line above it",
           "add // [id:NAME] directly above the question, without a blank line between",
           "a question without id");
    return;
  }
  if (!jk_check_is_code (item->id))
    FAULT (self, item, CODE_LETTERS, "change the id", "id \"%s\"", item->id);

  const JkItem *other = g_hash_table_lookup (self->ids, item->id);
  if (other != NULL)
    FAULT (self,
           item,
           "ids that are there once",
           "give one of the two another id",
           "id %s, which %s has at line %u",
           item->id,
           other->file,
           other->line);
  else
    g_hash_table_insert (self->ids, item->id, (gpointer) item);
}

static void
check_stem (const Check *self, const JkItem *item)
{
  check_text (self, item, "question text", item->stem, JK_STEM_BYTES_MAX);
  if (item->stem == NULL)
    return;

  char *folded = fold (item->stem);
  const JkItem *other = g_hash_table_lookup (self->stems, folded);
  if (other != NULL) {
    FAULT (self,
           item,
           "questions that are there once",
           "remove or rewrite one of the two",
           "the question text that stands at line %u of %s",
           other->line,
           other->file);
    g_free (folded);
  } else {
    g_hash_table_insert (self->stems, folded, (gpointer) item);
  }
}

static void
check_tags (const Check *self, const JkItem *item, guint element)
{
  if (item->element == NULL)
    FAULT (self, item, "[tag:point:CODE]", "name its assessment element", "no element");
  else if (element == G_MAXUINT)
    FAULT (self,
           item,
           "a code from [elements] of bank.ini",
           "correct the tag, or add the element",
           "element \"%s\"",
           item->element);
  if (item->difficulty < 1 || item->difficulty > JK_DIFFICULTY_MAX)
    FAULT (self,
           item,
           "[tag:difficulty:N], N from 1 (easy) to 5 (hard)",
           "add or correct the tag",
           "difficulty %u",
           item->difficulty);
  check_optional (self, item, "name of enemies", item->enemy, JK_NAME_BYTES_MAX);
  check_optional (self, item, "rationale", item->rationale, JK_RATIONALE_BYTES_MAX);
}

static void
check_rights (const Check *self, const JkItem *item, guint n_right)
{
  if (item->type == JK_ITEM_SINGLE && n_right != 1)
    FAULT (self,
           item,
           "exactly one",
           "put = before the right option only and no weight above zero elsewhere; for multiple "
           "choice write ~%50% before each right option and no =",
           "%u right options in a single choice",
           n_right);
  if (item->type == JK_ITEM_MULTIPLE && n_right < 2)
    FAULT (self,
           item,
           "two or more",
           "write a weight such as ~%50% before each right option, or = for a single choice",
           "%u right options in a multiple choice",
           n_right);
}

static void
check_options (const Check *self, const JkItem *item)
{
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_right = 0;

  if (item->options->len < 2 || item->options->len > JK_OPTIONS_MAX)
    FAULT (self, item, "2 to 8", "add or remove options", "%u options", item->options->len);
  for (guint i = 0; i < item->options->len; i++) {
    const JkOption *option = g_ptr_array_index (item->options, i);
    g_autofree char *name = g_strdup_printf ("option %u", i + 1);
    n_right += option->right;
    check_text (self, item, name, option->text, JK_OPTION_BYTES_MAX);
    check_optional (self, item, "feedback", option->feedback, JK_RATIONALE_BYTES_MAX);
    if (!g_hash_table_add (texts, fold (option->text)))
      FAULT (self,
             item,
             "options that differ",
             "rewrite one of the two",
             "option %u, which is like one before it",
             i + 1);
  }
  check_rights (self, item, n_right);
}

static void
check_item (const Check *self, guint32 n)
{
  const JkItem *item = jk_source_get_item (self->source, n);

  check_id (self, item);
  check_stem (self, item);
  check_tags (self, item, jk_source_get_item_element (self->source, n));
  if (item->type != JK_ITEM_JUDGE)
    check_options (self, item);
}

static void
notice (const Check *self, const char *found, const char *expected, const char *advice)
{
  jk_report_add (self->report,
                 JK_FINDING_NOTICE,
                 self->file,
                 "[elements]",
                 found,
                 expected,
                 advice);
}

/* One notice, however many: of a bank that is being written most elements are empty. */
static void
notice_unused_elements (const Check *self)
{
  guint n_elements = jk_source_get_n_elements (self->source);
  g_autofree guint8 *used = g_malloc0 (n_elements + 1);
  g_autoptr (GString) found = g_string_new ("elements ");
  guint n_unused = 0;

  for (guint32 i = 0; i < jk_source_get_n_items (self->source); i++) {
    guint element = jk_source_get_item_element (self->source, i);
    if (element < n_elements)
      used[element] = 1;
  }
  for (guint i = 0; i < n_elements; i++) {
    if (used[i])
      continue;
    if (n_unused < UNUSED_SHOWN)
      g_string_append_printf (found,
                              "%s%s",
                              n_unused > 0 ? ", " : "",
                              jk_source_get_element (self->source, i)->code);
    n_unused++;
  }
  if (n_unused == 0)
    return;
  if (n_unused > UNUSED_SHOWN)
    g_string_append_printf (found, " and %u more", n_unused - UNUSED_SHOWN);
  g_string_append (found, " without an item");
  notice (self, found->str, "at least one item for each element", "write items for them");
}

static void
notice_importance (const Check *self)
{
  guint n_elements = jk_source_get_n_elements (self->source);
  guint n_x = 0;
  guint n_y = 0;
  guint n_z = 0;

  for (guint i = 0; i < n_elements; i++) {
    char importance = jk_source_get_element (self->source, i)->importance;
    n_x += importance == 'X';
    n_y += importance == 'Y';
    n_z += importance == 'Z';
  }
  if (n_x * 100 >= n_elements * 80 && n_y * 100 <= n_elements * 15 && n_z * 100 <= n_elements * 5)
    return;
  g_autofree char *found = g_strdup_printf ("importance X:Y:Z of %u:%u:%u", n_x, n_y, n_z);
  notice (self,
          found,
          "X at least 80 %, Y at most 15 %, Z at most 5 %",
          "compare the element table with the standard");
}

void
jk_check_source (const JkSource *source, const char *file, JkReport *report)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) stems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Check self = { .ids = ids, .stems = stems, .source = source, .file = file, .report = report };

  for (guint32 i = 0; i < jk_source_get_n_items (source); i++)
    check_item (&self, i);
  notice_unused_elements (&self);
  notice_importance (&self);
}
