/* SPDX-License-Identifier: Apache-2.0 */
/* desk/desk-item.c: one item of the paper as the candidate sees it. */
#include "desk/desk-item.h"

#define JUDGE_OPTIONS 2

struct _JkDeskItem {
  GObject parent_instance;

  /* Borrowed */
  const JkPaperItem *paper;
  const JkBlob *blob;

  /* Plain */
  guint position;
  guint16 mask; /* canonical */
  gboolean flagged, current;
};

G_DEFINE_FINAL_TYPE (JkDeskItem, jk_desk_item, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_NUMBER,
  PROP_ANSWERED,
  PROP_FLAGGED,
  PROP_CURRENT,
  PROP_CHOSEN,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JkDeskItem *self = JK_DESK_ITEM (object);

  switch (id) {
  case PROP_NUMBER:
    g_value_set_uint (value, self->position + 1);
    break;
  case PROP_ANSWERED:
    g_value_set_boolean (value, self->mask != 0);
    break;
  case PROP_FLAGGED:
    g_value_set_boolean (value, self->flagged);
    break;
  case PROP_CURRENT:
    g_value_set_boolean (value, self->current);
    break;
  case PROP_CHOSEN:
    g_value_set_uint (value, jk_desk_item_get_chosen (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
jk_desk_item_class_init (JkDeskItemClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  G_OBJECT_CLASS (klass)->get_property = get_property;
  props[PROP_NUMBER] = g_param_spec_uint ("number", NULL, NULL, 1, G_MAXUINT, 1, flags);
  props[PROP_ANSWERED] = g_param_spec_boolean ("answered", NULL, NULL, FALSE, flags);
  props[PROP_FLAGGED] = g_param_spec_boolean ("flagged", NULL, NULL, FALSE, flags);
  props[PROP_CURRENT] = g_param_spec_boolean ("current", NULL, NULL, FALSE, flags);
  props[PROP_CHOSEN] = g_param_spec_uint ("chosen", NULL, NULL, 0, G_MAXUINT16, 0, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
}

static void
jk_desk_item_init (JkDeskItem *self)
{
}

JkDeskItem *
jk_desk_item_new (const JkPaperItem *paper, const JkBlob *blob, guint position)
{
  JkDeskItem *self = g_object_new (JK_TYPE_DESK_ITEM, NULL);

  self->paper = paper;
  self->blob = blob;
  self->position = position;
  return self;
}

guint
jk_desk_item_get_position (JkDeskItem *self)
{
  g_return_val_if_fail (JK_IS_DESK_ITEM (self), 0);
  return self->position;
}

JkItemType
jk_desk_item_get_kind (JkDeskItem *self)
{
  g_return_val_if_fail (JK_IS_DESK_ITEM (self), JK_ITEM_SINGLE);
  return self->paper->type;
}

guint
jk_desk_item_get_half_points (JkDeskItem *self)
{
  g_return_val_if_fail (JK_IS_DESK_ITEM (self), 0);
  return self->paper->half_points;
}

const char *
jk_desk_item_get_stem (JkDeskItem *self)
{
  g_return_val_if_fail (JK_IS_DESK_ITEM (self), NULL);
  return jk_blob_get_stem (self->blob);
}

guint
jk_desk_item_get_n_options (JkDeskItem *self)
{
  g_return_val_if_fail (JK_IS_DESK_ITEM (self), 0);
  return self->paper->type == JK_ITEM_JUDGE ? JUDGE_OPTIONS : self->paper->n_options;
}

/* Judge options are never shuffled: place 0 is true, 1 is false. */
static guint
get_canonical (const JkDeskItem *self, guint place)
{
  return self->paper->type == JK_ITEM_JUDGE ? place : self->paper->order[place];
}

const char *
jk_desk_item_get_option (JkDeskItem *self, guint place)
{
  g_return_val_if_fail (place < jk_desk_item_get_n_options (self), NULL);

  if (self->paper->type == JK_ITEM_JUDGE)
    return "";
  return jk_blob_get_option (self->blob, get_canonical (self, place));
}

guint
jk_desk_item_get_n_pictures (JkDeskItem *self)
{
  g_return_val_if_fail (JK_IS_DESK_ITEM (self), 0);
  return jk_blob_get_n_pictures (self->blob);
}

GBytes *
jk_desk_item_dup_picture (JkDeskItem *self, guint n)
{
  g_return_val_if_fail (n < jk_desk_item_get_n_pictures (self), NULL);
  return jk_blob_dup_picture (self->blob, n);
}

gboolean
jk_desk_item_is_answered (JkDeskItem *self)
{
  g_return_val_if_fail (JK_IS_DESK_ITEM (self), FALSE);
  return self->mask != 0;
}

gboolean
jk_desk_item_is_flagged (JkDeskItem *self)
{
  g_return_val_if_fail (JK_IS_DESK_ITEM (self), FALSE);
  return self->flagged;
}

gboolean
jk_desk_item_is_current (JkDeskItem *self)
{
  g_return_val_if_fail (JK_IS_DESK_ITEM (self), FALSE);
  return self->current;
}

guint
jk_desk_item_get_chosen (JkDeskItem *self)
{
  guint chosen = 0;
  g_return_val_if_fail (JK_IS_DESK_ITEM (self), 0);

  for (guint place = 0; place < jk_desk_item_get_n_options (self); place++) {
    if (self->mask & (1u << get_canonical (self, place)))
      chosen |= 1u << place;
  }
  return chosen;
}

char *
jk_desk_item_dup_letters (JkDeskItem *self)
{
  GString *letters = g_string_new (NULL);
  guint chosen = jk_desk_item_get_chosen (self);

  for (guint place = 0; place < jk_desk_item_get_n_options (self); place++) {
    if (chosen & (1u << place))
      g_string_append_c (letters, (char) ('A' + place));
  }
  return g_string_free (letters, FALSE);
}

guint16
jk_desk_item_toggle (JkDeskItem *self, guint place)
{
  g_return_val_if_fail (place < jk_desk_item_get_n_options (self), 0);
  guint16 bit = (guint16) (1u << get_canonical (self, place));

  if (self->paper->type == JK_ITEM_MULTIPLE)
    return self->mask ^ bit;
  return self->mask == bit ? 0 : bit;
}

void
jk_desk_item_update (JkDeskItem *self, guint16 mask, gboolean flagged, gboolean current)
{
  g_return_if_fail (JK_IS_DESK_ITEM (self));
  gboolean was_answered = self->mask != 0, was_flagged = self->flagged, was = self->current;
  guint16 before = self->mask;

  self->mask = mask;
  self->flagged = flagged;
  self->current = current;
  g_object_freeze_notify (G_OBJECT (self));
  if (before != mask)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHOSEN]);
  if (was_answered != (mask != 0))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ANSWERED]);
  if (was_flagged != flagged)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FLAGGED]);
  if (was != current)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CURRENT]);
  g_object_thaw_notify (G_OBJECT (self));
}

void
jk_desk_item_set_current (JkDeskItem *self, gboolean current)
{
  g_return_if_fail (JK_IS_DESK_ITEM (self));
  jk_desk_item_update (self, self->mask, self->flagged, current);
}

gboolean
jk_desk_item_is_of (JkDeskItem *self, const JkBlob *blob)
{
  g_return_val_if_fail (JK_IS_DESK_ITEM (self), FALSE);
  return self->blob == blob;
}
