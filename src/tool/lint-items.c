/* SPDX-License-Identifier: Apache-2.0 */
/* tool/lint-items.c: one entry per item, under a mutex. */
#include "tool/lint-items.h"

#include "bank/picture.h"

#include <string.h>

typedef struct {
  /* Owned; id NULL: not taken yet */
  char *id;
  char *fault; /* NULL: none */
  /* Plain */
  gboolean lacks_picture;
} Entry;

struct _JkLintItems {
  /* Owned */
  Entry *entries;
  GMutex mutex;
  /* Plain */
  guint32 n;
  guint n_pictures;
};

JkLintItems *
jk_lint_items_new (guint32 n_items)
{
  JkLintItems *self = g_new0 (JkLintItems, 1);

  self->entries = g_new0 (Entry, n_items);
  self->n = n_items;
  g_mutex_init (&self->mutex);
  return self;
}

void
jk_lint_items_free (JkLintItems *self)
{
  if (self == NULL)
    return;
  for (guint32 n = 0; n < self->n; n++) {
    g_free (self->entries[n].id);
    g_free (self->entries[n].fault);
  }
  g_free (self->entries);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* Words with which a stem points at a picture. */
static gboolean
speaks_of_picture (const char *stem)
{
  static const char *const words[] = { "如图", "下图", "上图", "左图", "右图", "见图", "图中所示" };

  for (guint n = 0; n < G_N_ELEMENTS (words); n++)
    if (strstr (stem, words[n]) != NULL)
      return TRUE;
  return FALSE;
}

/* The first picture that cannot be shown, in words; NULL when all can. */
static char *
dup_fault (const JkBlob *blob)
{
  for (guint n = 0; n < jk_blob_get_n_pictures (blob); n++) {
    g_autoptr (GBytes) picture = jk_blob_dup_picture (blob, n);
    const char *fault = jk_picture_find_fault (picture);
    if (fault != NULL)
      return g_strdup_printf ("picture %s %s", jk_blob_get_picture_name (blob, n), fault);
  }
  return NULL;
}

void
jk_lint_items_take (JkLintItems *self, guint32 item, const JkBlob *blob)
{
  g_return_if_fail (self != NULL && blob != NULL);
  g_return_if_fail (item < self->n);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Entry *entry = &self->entries[item];
  if (entry->id != NULL)
    return;
  entry->id = g_strdup (jk_blob_get_id (blob));
  entry->fault = dup_fault (blob);
  entry->lacks_picture =
      jk_blob_get_n_pictures (blob) == 0 && speaks_of_picture (jk_blob_get_stem (blob));
  self->n_pictures += jk_blob_get_n_pictures (blob);
}

const char *
jk_lint_items_get_id (const JkLintItems *self, guint32 item)
{
  g_return_val_if_fail (self != NULL && item < self->n, NULL);
  return self->entries[item].id;
}

guint
jk_lint_items_get_n_pictures (const JkLintItems *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_pictures;
}

void
jk_lint_items_report (const JkLintItems *self, const char *file, JkReport *report)
{
  g_return_if_fail (self != NULL && file != NULL && report != NULL);

  for (guint32 n = 0; n < self->n; n++) {
    const Entry *entry = &self->entries[n];
    g_autofree char *place = g_strdup_printf ("item %s", entry->id);
    if (entry->fault != NULL)
      jk_report_add (report,
                     JK_FINDING_FAULT,
                     file,
                     place,
                     entry->fault,
                     "a whole PNG or JPEG file",
                     "replace it beside bank.ini, and build bank and session again");
    if (entry->lacks_picture)
      jk_report_add (report,
                     JK_FINDING_NOTICE,
                     file,
                     place,
                     "a stem that speaks of a picture, and no picture",
                     "[tag:picture:NAME] with it",
                     "look at the item");
  }
}
