/* SPDX-License-Identifier: Apache-2.0 */
/* tool/sit-orders.c: orders for a scripted candidate. */
#include "tool/sit-orders.h"

#include "base/error.h"
#include "base/number.h"
#include "session/error.h"
#include "tool/output.h"

typedef struct {
  JkOrder *order;
  guint moment;
} Due;

struct _JkSitOrders {
  GArray *dues; /* of Due */
};

static void
clear_due (gpointer data)
{
  jk_order_free (((Due *) data)->order);
}

static gboolean
parse_moment (const char *text, guint *out_moment)
{
  gint64 number;

  if (g_str_equal (text, "end")) {
    *out_moment = JK_SIT_ORDERS_END;
    return TRUE;
  }
  if (!jk_number_parse (text, 0, G_MAXUINT16, &number))
    return FALSE;
  *out_moment = (guint) number;
  return TRUE;
}

JkSitOrders *
jk_sit_orders_load (const JkStorage *storage, char *const *texts, GError **error)
{
  g_autoptr (JkSitOrders) self = g_new0 (JkSitOrders, 1);

  self->dues = g_array_new (FALSE, FALSE, sizeof (Due));
  g_array_set_clear_func (self->dues, clear_due);
  for (; texts != NULL && *texts != NULL; texts++) {
    g_auto (GStrv) parts = g_strsplit (*texts, ":", 2);
    Due due = { NULL, 0 };
    if (g_strv_length (parts) != 2 || !parse_moment (parts[0], &due.moment)) {
      g_set_error (error,
                   JK_BASE_ERROR,
                   JK_BASE_ERROR_TEXT,
                   "--order %s has no moment; expected WHEN:FILE, WHEN being a number of questions "
                   "or end; give it that way.",
                   *texts);
      return NULL;
    }
    g_autoptr (GBytes) bytes = jk_storage_read (storage, parts[1], JK_ORDER_BYTES_MAX, error);
    due.order = bytes != NULL ? jk_order_parse (parts[1], bytes, error) : NULL;
    if (due.order == NULL)
      return NULL;
    g_array_append_val (self->dues, due);
  }
  return g_steal_pointer (&self);
}

void
jk_sit_orders_free (JkSitOrders *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->dues);
  g_free (self);
}

static void
print_obeyed (JkTool *tool, JkSitting *sitting, const JkOrder *order)
{
  g_autoptr (JkFacts) facts = jk_facts_new ();
  const JkReplay *replay = jk_journal_get_replay (jk_sitting_get_journal (sitting));

  jk_facts_add (facts, "act", "%s", jk_act_get_rule (jk_order_get_terms (order)->act)->name);
  jk_facts_add_integer (facts, "epoch", jk_replay_get_epoch (replay));
  jk_facts_print_row (facts, tool, "obeyed");
}

gboolean
jk_sit_orders_obey (const JkSitOrders *self,
                    JkTool *tool,
                    JkSitting *sitting,
                    guint moment,
                    GError **error)
{
  const JkSituation known = { .stage = JK_STAGE_OPEN };

  for (guint n = 0; self != NULL && n < self->dues->len; n++) {
    const Due *due = &g_array_index (self->dues, Due, n);
    g_autoptr (GError) problem = NULL;
    if (due->moment != moment)
      continue;
    if (jk_sitting_obey (sitting, due->order, &known, &problem))
      print_obeyed (tool, sitting, due->order);
    else if (!g_error_matches (problem, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_REPLAYED)) {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  }
  return TRUE;
}
