/* SPDX-License-Identifier: Apache-2.0 */
/* result/orders.c: every row that an order caused has its order (P6). */
#include "result/orders.h"

#include "base/limits.h"
#include "result/error.h"

#include <string.h>

GVariant *
jk_result_orders_to_variant (const GPtrArray *orders)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aay"));
  for (guint n = 0; orders != NULL && n < orders->len; n++)
    g_variant_builder_add_value (
        &builder,
        g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, g_ptr_array_index (orders, n), TRUE));
  return g_variant_builder_end (&builder);
}

static gboolean
refuse (const char *file, const JkObeyed *obeyed, const char *what, GError **error)
{
  g_set_error (error,
               JK_RESULT_ERROR,
               JK_RESULT_ERROR_ORDER,
               "%s: row %" G_GUINT64_FORMAT
               " (%s) %s: keep it aside and compare it with the orders "
               "of the hall.",
               file,
               obeyed->sequence,
               jk_event_get_name (obeyed->event),
               what);
  return FALSE;
}

/* A dead seat's sitting goes on elsewhere by the order that ends it there. */
static gboolean
is_event_of (JkAct act, JkEvent event)
{
  return event == JK_EVENT_ARRIVED ? act == JK_ACT_RETIRE : jk_act_get_rule (act)->event == event;
}

/* What two decide about an old copy, one does not; and what the hall knows was used is not handed
 * back. */
static gboolean
check_arrival (const JkOrder *order,
               const JkObeyed *obeyed,
               const char *file,
               const JkPolicy *policy,
               GError **error)
{
  guint64 used_ms = MIN (jk_order_get_terms (order)->amount, obeyed->own_ms);

  if (obeyed->ordered.amount > (guint64) policy->copy_age_max_s * 1000 &&
      jk_order_get_n_signers (order) < 2)
    return refuse (file, obeyed, "goes on with a copy too old for one person's order", error);
  return obeyed->exam_ms >= used_ms ||
         refuse (file, obeyed, "goes on with less exam time than its order says", error);
}

static gboolean
is_amount_of (const JkOrderTerms *terms, guint64 amount, const JkPolicy *policy)
{
  switch (terms->act) {
  case JK_ACT_EXTEND:
  case JK_ACT_REOPEN:
    return amount == terms->amount;
  case JK_ACT_CREDIT:
    return terms->amount == 0 ? amount <= jk_act_get_rule (JK_ACT_CREDIT)->amount_max
                              : amount == terms->amount;
  case JK_ACT_LATE:
    return amount == (policy->late_shortens ? terms->amount : 0);
  case JK_ACT_MESSAGE:
  case JK_ACT_INCIDENT:
  case JK_ACT_VIOLATION:
  case JK_ACT_WALK_IN:
  case JK_ACT_WRONG_ID:
    return amount == terms->act;
  default:
    return TRUE;
  }
}

static gboolean
check_one (const JkOrder *order,
           const JkObeyed *obeyed,
           const char *file,
           const JkSession *session,
           const JkReplay *replay,
           GError **error)
{
  const JkOrderTerms *terms = jk_order_get_terms (order);
  gboolean is_arrival = obeyed->event == JK_EVENT_ARRIVED;
  const guint8 *station = jk_replay_get_station (replay, obeyed->sequence - (is_arrival ? 1 : 0));

  if (memcmp (terms->id, obeyed->ordered.id, JK_ORDER_ID_BYTES) != 0 ||
      !jk_digest_equal (jk_order_get_digest (order), &obeyed->ordered.digest))
    return refuse (file, obeyed, "names another order than the one that is there", error);
  if (!jk_order_check (order, session, error))
    return FALSE;
  if (!is_event_of (terms->act, obeyed->event))
    return refuse (file, obeyed, "does something else than its order says", error);
  if (is_arrival && !check_arrival (order, obeyed, file, jk_session_get_policy (session), error))
    return FALSE;
  if (!is_amount_of (terms, obeyed->ordered.amount, jk_session_get_policy (session)))
    return refuse (file, obeyed, "says another number than its order", error);
  if (terms->record != JK_ORDER_EVERY && terms->record != jk_replay_get_identified (replay)->record)
    return refuse (file, obeyed, "obeys an order for another candidate", error);
  if (station == NULL || !jk_order_is_for (order, station))
    return refuse (file, obeyed, "obeys an order for another PC", error);
  return TRUE;
}

static gboolean
has_revoked_signer (const JkOrder *order, const JkSession *session)
{
  for (guint n = 0; n < jk_order_get_n_signers (order); n++) {
    if (jk_session_is_role_revoked (session, jk_order_get_signer (order, n)))
      return TRUE;
  }
  return FALSE;
}

JkOrder *
jk_result_orders_parse (GVariant *orders, guint32 n, const char *file, GError **error)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (orders, n);
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (child);
  return jk_order_parse (file, bytes, error);
}

gboolean
jk_result_orders_check (GVariant *orders,
                        const char *file,
                        const JkSession *session,
                        const JkReplay *replay,
                        gboolean *out_has_revoked,
                        GError **error)
{
  guint32 n_orders = jk_replay_get_epoch (replay);

  *out_has_revoked = FALSE;
  if (g_variant_n_children (orders) != n_orders) {
    g_set_error (error,
                 JK_RESULT_ERROR,
                 JK_RESULT_ERROR_ORDER,
                 "%s holds %" G_GSIZE_FORMAT " orders where its rows obey %u: keep it aside and "
                 "compare it with the orders of the hall.",
                 file,
                 g_variant_n_children (orders),
                 n_orders);
    return FALSE;
  }
  for (guint32 n = 0; n < n_orders; n++) {
    g_autoptr (JkOrder) order = jk_result_orders_parse (orders, n, file, error);
    if (order == NULL ||
        !check_one (order, jk_replay_get_obeyed (replay, n), file, session, replay, error))
      return FALSE;
    *out_has_revoked |= has_revoked_signer (order, session);
  }
  return TRUE;
}
