/* SPDX-License-Identifier: Apache-2.0 */
/* bank/item.h: an item as its author wrote it: stem, options, key, rationale. Never on a station.
 */
#pragma once

#include <glib.h>

typedef enum {
  JK_ITEM_SINGLE = 1,   /* 单项选择题 */
  JK_ITEM_MULTIPLE = 2, /* 多项选择题 */
  JK_ITEM_JUDGE = 3,    /* 判断题: option 0 is true, option 1 is false; never shuffled */
} JkItemType;

#define JK_ITEM_TYPES 3

typedef struct {
  /* Owned */
  char *text;
  char *feedback; /* NULL when there is none */
  /* Plain */
  gboolean right;
  guint pinned; /* 0: shuffled; 1, 2 ...: stands last, in this order */
} JkOption;

typedef struct {
  /* Owned */
  char *id;           /* [id:...]; NULL when the source gives none */
  char *stem;         /* plain text, LF between lines */
  char *element;      /* [tag:point:...] 鉴定点 code; NULL when none */
  char *enemy;        /* [tag:enemy:NAME] items of one name never meet in a paper; NULL when none */
  char *picture;      /* [tag:picture:x.png] file beside the source; NULL when none */
  char *rationale;    /* ####, or the feedback of the right option; NULL when none */
  GPtrArray *options; /* of JkOption; empty for judge */
  char *file;         /* where it was read, for reports */
  /* Plain */
  guint line;       /* of its first line that is not blank */
  guint difficulty; /* [tag:difficulty:1-5]; 0 when none */
  JkItemType type;
  gboolean judge_true; /* the key of a judge item */
} JkItem;

JkItem *jk_item_new (const char *file, guint line);
void jk_item_free (JkItem *self);

/* Appends an option and lends it. */
JkOption *jk_item_add_option (JkItem *self, const char *text, gboolean right);

/* "single", "multiple", "judge"; lent. */
const char *jk_item_type_get_name (JkItemType type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkItem, jk_item_free)
