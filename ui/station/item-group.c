/* SPDX-License-Identifier: Apache-2.0 */
/* station/item-group.c: the items of one kind. */
#include "station/item-group.h"

#include <glib/gi18n.h>

GArray *
jk_item_groups_new (GListModel *items)
{
  GArray *groups = g_array_new (FALSE, TRUE, sizeof (JkItemGroup));
  guint n_items = g_list_model_get_n_items (items);

  for (guint n = 0; n < n_items; n++) {
    g_autoptr (JkDeskItem) item = g_list_model_get_item (items, n);
    JkItemGroup *last =
        groups->len > 0 ? &g_array_index (groups, JkItemGroup, groups->len - 1) : NULL;
    if (last != NULL && last->kind == jk_desk_item_get_kind (item)) {
      last->n++;
      continue;
    }
    const JkItemGroup group = { .kind = jk_desk_item_get_kind (item),
                                .first = n,
                                .n = 1,
                                .half_points = jk_desk_item_get_half_points (item) };
    g_array_append_val (groups, group);
  }
  return groups;
}

const JkItemGroup *
jk_item_groups_find (const GArray *groups, guint position)
{
  for (guint n = 0; n < groups->len; n++) {
    const JkItemGroup *group = &g_array_index (groups, JkItemGroup, n);
    if (position - group->first < group->n)
      return group;
  }
  return NULL;
}

const char *
jk_item_group_get_title (const JkItemGroup *self)
{
  switch (self->kind) {
  case JK_ITEM_SINGLE:
    /* Translators: zh: 单项选择题 */
    return _ ("Single-choice");
  case JK_ITEM_MULTIPLE:
    /* Translators: zh: 多项选择题 */
    return _ ("Multiple-choice");
  default:
    /* Translators: zh: 判断题 */
    return _ ("True/false");
  }
}

static const char *
get_ordinal (guint n)
{
  switch (n) {
  case 0:
    /* Translators: of the first part of a paper. zh: 一 */
    return _ ("I");
  case 1:
    /* Translators: of the second part of a paper. zh: 二 */
    return _ ("II");
  default:
    /* Translators: of the third part of a paper. zh: 三 */
    return _ ("III");
  }
}

static char *
dup_points (guint half_points)
{
  return g_strdup_printf (half_points % 2 == 0 ? "%u" : "%u.5", half_points / 2);
}

static char *
dup_rule (const JkItemGroup *self, guint partial)
{
  switch (self->kind) {
  case JK_ITEM_SINGLE:
    /* Translators: zh: 每题只有一个正确答案。 */
    return g_strdup (_ ("Each has exactly one right answer."));
  case JK_ITEM_JUDGE:
    /* Translators: zh: 正确的选“正确”，错误的选“错误”。 */
    return g_strdup (_ ("Choose “True” where it is right, “False” where it is wrong."));
  default:
    break;
  }
  if (partial == 0)
    /* Translators: zh: 每题有两个或两个以上正确答案，错选、少选、多选均不得分。 */
    return g_strdup (_ ("Each has two or more right answers; a wrong, a missing or one too many "
                        "gives no marks."));
  g_autofree char *points = dup_points (partial);
  /* Translators: zh: 每题有两个或两个以上正确答案，错选不得分；少选时，每选对一个得 %s 分。 */
  return g_strdup_printf (_ ("Each has two or more right answers; a wrong one gives no marks; when "
                             "some are missing, each right one gives %s."),
                          points);
}

char *
jk_item_group_dup_head (const JkItemGroup *self, guint n, guint partial)
{
  g_autofree char *each = dup_points (self->half_points);
  g_autofree char *total = dup_points (self->half_points * self->n);
  g_autofree char *rule = dup_rule (self, partial);

  return g_strdup_printf (
      /* Translators: zh: %s、%s（第 %u 题～第 %u 题，每题 %s 分，共 %s 分。%s） */
      _ ("%s. %s (items %u–%u, marks: %s each, %s in all. %s)"),
      get_ordinal (n),
      jk_item_group_get_title (self),
      self->first + 1,
      self->first + self->n,
      each,
      total,
      rule);
}
