/* SPDX-License-Identifier: Apache-2.0 */
/* bank/item.c: an item as its author wrote it. */
#include "bank/item.h"

static void
option_free (gpointer data)
{
  JkOption *option = data;
  g_free (option->text);
  g_free (option->feedback);
  g_free (option);
}

JkItem *
jk_item_new (const char *file, guint line)
{
  g_return_val_if_fail (file != NULL, NULL);

  JkItem *self = g_new0 (JkItem, 1);
  self->file = g_strdup (file);
  self->line = line;
  self->type = JK_ITEM_SINGLE;
  self->options = g_ptr_array_new_with_free_func (option_free);
  return self;
}

void
jk_item_free (JkItem *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->stem);
  g_free (self->element);
  g_free (self->enemy);
  g_free (self->picture);
  g_free (self->rationale);
  g_free (self->file);
  g_ptr_array_unref (self->options);
  g_free (self);
}

JkOption *
jk_item_add_option (JkItem *self, const char *text, gboolean right)
{
  g_return_val_if_fail (text != NULL, NULL);

  JkOption *option = g_new0 (JkOption, 1);
  option->text = g_strdup (text);
  option->right = right;
  g_ptr_array_add (self->options, option);
  return option;
}

const char *
jk_item_type_get_name (JkItemType type)
{
  switch (type) {
  case JK_ITEM_SINGLE:
    return "single";
  case JK_ITEM_MULTIPLE:
    return "multiple";
  case JK_ITEM_JUDGE:
    return "judge";
  }
  g_return_val_if_reached ("unknown");
}
