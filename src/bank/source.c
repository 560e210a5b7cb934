/* SPDX-License-Identifier: Apache-2.0 */
/* bank/source.c: bank.ini, the GIFT files and pictures it names, read whole.
 *
 * Files are named by plain names and lie beside bank.ini: a source is one folder, and no name in it
 * can reach out of that folder. */
#include "bank/source.h"

#include "bank/check.h"
#include "bank/gift.h"
#include "base/error.h"
#include "base/ini.h"
#include "base/limits.h"
#include "base/text.h"

#include <string.h>

struct _JkSource {
  /* Owned */
  char *folder;
  char *name;
  char *notice;
  GArray *sections;         /* of JkSection */
  GArray *elements;         /* of JkElement */
  GStringChunk *texts;      /* what sections and elements hold */
  GHashTable *element_at;   /* code -> index + 1 */
  GPtrArray *items;         /* of JkItem */
  GArray *item_elements;    /* of guint; G_MAXUINT for none that is known */
  GHashTable *pictures;     /* name -> GBytes, NULL for one that is refused */
  GPtrArray *item_pictures; /* of GBytes, borrowed from pictures */
  /* Borrowed */
  const JkStorage *storage;
  JkReport *report;
};

static void
free_item (gpointer data)
{
  jk_item_free (data);
}

static void
unref_bytes (gpointer data)
{
  if (data != NULL)
    g_bytes_unref (data);
}

static JkSource *
source_new (const JkStorage *storage, const char *ini_path, JkReport *report)
{
  JkSource *self = g_new0 (JkSource, 1);

  self->folder = g_path_get_dirname (ini_path);
  self->sections = g_array_new (FALSE, TRUE, sizeof (JkSection));
  self->elements = g_array_new (FALSE, TRUE, sizeof (JkElement));
  self->texts = g_string_chunk_new (4096);
  self->element_at = g_hash_table_new (g_str_hash, g_str_equal);
  self->items = g_ptr_array_new_with_free_func (free_item);
  self->item_elements = g_array_new (FALSE, TRUE, sizeof (guint));
  self->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_bytes);
  self->item_pictures = g_ptr_array_new ();
  self->storage = storage;
  self->report = report;
  return self;
}

void
jk_source_free (JkSource *self)
{
  if (self == NULL)
    return;
  g_free (self->folder);
  g_free (self->name);
  g_free (self->notice);
  g_array_unref (self->sections);
  g_array_unref (self->elements);
  g_string_chunk_free (self->texts);
  g_hash_table_unref (self->element_at);
  g_ptr_array_unref (self->items);
  g_array_unref (self->item_elements);
  g_ptr_array_unref (self->item_pictures);
  g_hash_table_unref (self->pictures);
  g_free (self);
}

/* One text file beside the ini; reports what keeps it from being read. */
static char *
read_text (const JkSource *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = jk_storage_read (self->storage, path, JK_TEXT_FILE_BYTES_MAX, &error);
  char *text = bytes == NULL ? NULL : jk_text_from_bytes (path, bytes, &error);

  if (text == NULL)
    jk_report_add_error (self->report, path, error);
  return text;
}

/* A name that stays in the folder: no separators, and so no way up; no hidden files. */
static gboolean
is_plain_name (const char *name)
{
  return *name != '\0' && *name != '.' && strpbrk (name, "/\\") == NULL &&
         strlen (name) <= JK_NAME_BYTES_MAX;
}

static gboolean
code_is_sound (JkIni *ini, const char *group, const char *code)
{
  if (jk_check_is_code (code))
    return TRUE;
  jk_ini_fault (ini,
                group,
                code,
                "letters, digits, dots, dashes and underscores, at most 64",
                "the code \"%s\"",
                code);
  return FALSE;
}

/* Keeps a text; one that is too long is reported and kept all the same. */
static const char *
keep_name (JkSource *self, JkIni *ini, const char *group, const char *key, const char *name)
{
  if (strlen (name) > JK_NAME_BYTES_MAX)
    jk_ini_fault (ini, group, key, "at most 256 bytes", "a name of %zu bytes", strlen (name));
  return g_string_chunk_insert_const (self->texts, name);
}

static void
read_bank (JkSource *self, JkIni *ini)
{
  static const char *const for_people[] = { "occupation", "level", "source" };

  self->name = jk_ini_dup_text (ini, "bank", "name");
  self->notice = jk_ini_dup_optional_text (ini, "bank", "notice");
  if (self->notice == NULL)
    self->notice = g_strdup ("");
  keep_name (self, ini, "bank", "name", self->name);
  keep_name (self, ini, "bank", "notice", self->notice);
  for (gsize i = 0; i < G_N_ELEMENTS (for_people); i++) {
    g_autofree char *text = jk_ini_dup_optional_text (ini, "bank", for_people[i]);
    if (text != NULL)
      keep_name (self, ini, "bank", for_people[i], text);
  }
}

static void
read_sections (JkSource *self, JkIni *ini)
{
  g_auto (GStrv) codes = jk_ini_dup_keys (ini, "sections");
  guint n = g_strv_length (codes);

  if (n == 0 || n > JK_SECTIONS_MAX)
    jk_ini_fault (ini, "sections", NULL, "1 to 256 sections", "%u sections", n);
  for (guint i = 0; i < MIN (n, JK_SECTIONS_MAX); i++) {
    g_autofree char *name = jk_ini_dup_text (ini, "sections", codes[i]);
    if (!code_is_sound (ini, "sections", codes[i]))
      continue;
    JkSection section = {
      .code = g_string_chunk_insert_const (self->texts, codes[i]),
      .name = keep_name (self, ini, "sections", codes[i], name),
    };
    g_array_append_val (self->sections, section);
  }
}

/* The section whose code is the longest that the element's code begins with. */
static gboolean
find_section (const JkSource *self, const char *code, guint *out_section)
{
  gsize longest = 0;

  for (guint i = 0; i < self->sections->len; i++) {
    const char *section = g_array_index (self->sections, JkSection, i).code;
    if (strlen (section) > longest && g_str_has_prefix (code, section)) {
      longest = strlen (section);
      *out_section = i;
    }
  }
  return longest > 0;
}

static void
read_element (JkSource *self, JkIni *ini, const char *code)
{
  g_auto (GStrv) parts = jk_ini_dup_list (ini, "elements", code);
  guint n_parts = g_strv_length (parts);
  JkElement element = { 0 };

  if (!code_is_sound (ini, "elements", code) || n_parts == 0)
    return;
  const char *importance = g_strstrip (parts[n_parts - 1]);
  if (n_parts != 2 || *g_strstrip (parts[0]) == '\0' || strlen (importance) != 1 ||
      strchr ("XYZ", *importance) == NULL) {
    jk_ini_fault (ini, "elements", code, "name;X, name;Y or name;Z", "\"%s\"", parts[n_parts - 1]);
    return;
  }
  if (!find_section (self, code, &element.section)) {
    jk_ini_fault (ini,
                  "elements",
                  code,
                  "a code that begins with the code of a section",
                  "an element below no section");
    return;
  }
  element.code = g_string_chunk_insert_const (self->texts, code);
  element.name = keep_name (self, ini, "elements", code, parts[0]);
  element.importance = *importance;
  g_array_append_val (self->elements, element);
  g_hash_table_insert (self->element_at,
                       (gpointer) element.code,
                       GUINT_TO_POINTER (self->elements->len));
}

static void
read_elements (JkSource *self, JkIni *ini)
{
  g_auto (GStrv) codes = jk_ini_dup_keys (ini, "elements");
  guint n = g_strv_length (codes);

  if (n == 0 || n > JK_ELEMENTS_MAX)
    jk_ini_fault (ini, "elements", NULL, "1 to 65535 elements", "%u elements", n);
  for (guint i = 0; i < MIN (n, JK_ELEMENTS_MAX); i++)
    read_element (self, ini, codes[i]);
}

static void
read_gift (JkSource *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *text = read_text (self, path);

  if (text != NULL)
    g_ptr_array_extend_and_steal (self->items, jk_gift_parse (path, text, self->report));
}

static void
read_gifts (JkSource *self, JkIni *ini)
{
  g_auto (GStrv) names = jk_ini_dup_list (ini, "bank", "sources");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; names[i] != NULL; i++) {
    if (!is_plain_name (g_strstrip (names[i])))
      jk_ini_fault (ini,
                    "bank",
                    "sources",
                    "names of files beside bank.ini, without / and not hidden",
                    "\"%s\"",
                    names[i]);
    else if (!g_hash_table_add (seen, names[i]))
      jk_ini_fault (ini, "bank", "sources", "each file once", "%s twice", names[i]);
    else
      read_gift (self, names[i]);
  }
  if (self->items->len == 0 || self->items->len > JK_ITEMS_MAX)
    jk_ini_fault (ini, "bank", "sources", "1 to 1000000 items", "%u items", self->items->len);
}

static gboolean
is_picture (GBytes *bytes)
{
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };
  static const guint8 jpeg[] = { 0xFF, 0xD8, 0xFF };
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return (size > sizeof png && memcmp (data, png, sizeof png) == 0) ||
         (size > sizeof jpeg && memcmp (data, jpeg, sizeof jpeg) == 0);
}

/* A picture beside bank.ini; NULL after reporting at the item that names it first. */
static GBytes *
read_picture (const JkSource *self, const JkItem *item)
{
  const char *advice = "put a PNG or JPEG file of at most 300 KB beside bank.ini";
  g_autofree char *path = g_build_filename (self->folder, item->picture, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  if (!is_plain_name (item->picture)) {
    jk_report_fault_at_line (self->report,
                             item->file,
                             item->line,
                             "the name of a file beside bank.ini, without / and not hidden",
                             advice,
                             "picture \"%s\"",
                             item->picture);
    return NULL;
  }
  bytes = jk_storage_read (self->storage, path, JK_PICTURE_BYTES_MAX, &error);
  if (bytes != NULL && is_picture (bytes))
    return g_steal_pointer (&bytes);
  jk_report_fault_at_line (self->report,
                           item->file,
                           item->line,
                           "a PNG or JPEG file of at most 300 KB",
                           advice,
                           "picture %s: %s",
                           item->picture,
                           error != NULL ? error->message : "neither PNG nor JPEG");
  return NULL;
}

static GBytes *
find_picture (JkSource *self, const JkItem *item)
{
  gpointer bytes = NULL;

  if (item->picture == NULL)
    return NULL;
  if (!g_hash_table_lookup_extended (self->pictures, item->picture, NULL, &bytes)) {
    bytes = read_picture (self, item);
    g_hash_table_insert (self->pictures, g_strdup (item->picture), bytes);
  }
  return bytes;
}

static void
link_items (JkSource *self)
{
  for (guint i = 0; i < self->items->len; i++) {
    const JkItem *item = g_ptr_array_index (self->items, i);
    gpointer at =
        item->element == NULL ? NULL : g_hash_table_lookup (self->element_at, item->element);
    guint element = at == NULL ? G_MAXUINT : GPOINTER_TO_UINT (at) - 1;
    g_array_append_val (self->item_elements, element);
    g_ptr_array_add (self->item_pictures, find_picture (self, item));
  }
}

JkSource *
jk_source_load (const JkStorage *storage, const char *ini_path, JkReport *report)
{
  g_autoptr (JkSource) self = source_new (storage, ini_path, report);
  g_autofree char *text = read_text (self, ini_path);
  g_autoptr (JkIni) ini = text == NULL ? NULL : jk_ini_parse (ini_path, text, report);

  if (ini == NULL)
    return NULL;
  read_bank (self, ini);
  read_sections (self, ini);
  read_elements (self, ini);
  read_gifts (self, ini);
  jk_ini_finish (ini);
  link_items (self);
  jk_check_source (self, ini_path, report);
  self->report = NULL;
  return g_steal_pointer (&self);
}

const char *
jk_source_get_name (const JkSource *self)
{
  return self->name;
}

const char *
jk_source_get_notice (const JkSource *self)
{
  return self->notice;
}

guint
jk_source_get_n_sections (const JkSource *self)
{
  return self->sections->len;
}

const JkSection *
jk_source_get_section (const JkSource *self, guint n)
{
  g_return_val_if_fail (n < self->sections->len, NULL);
  return &g_array_index (self->sections, JkSection, n);
}

guint
jk_source_get_n_elements (const JkSource *self)
{
  return self->elements->len;
}

const JkElement *
jk_source_get_element (const JkSource *self, guint n)
{
  g_return_val_if_fail (n < self->elements->len, NULL);
  return &g_array_index (self->elements, JkElement, n);
}

guint32
jk_source_get_n_items (const JkSource *self)
{
  return self->items->len;
}

const JkItem *
jk_source_get_item (const JkSource *self, guint32 n)
{
  g_return_val_if_fail (n < self->items->len, NULL);
  return g_ptr_array_index (self->items, n);
}

guint
jk_source_get_item_element (const JkSource *self, guint32 n)
{
  g_return_val_if_fail (n < self->item_elements->len, G_MAXUINT);
  return g_array_index (self->item_elements, guint, n);
}

GBytes *
jk_source_get_item_picture (const JkSource *self, guint32 n)
{
  g_return_val_if_fail (n < self->item_pictures->len, NULL);
  return g_ptr_array_index (self->item_pictures, n);
}
