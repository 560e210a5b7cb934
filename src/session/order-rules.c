/* SPDX-License-Identifier: Apache-2.0 */
/* session/order-rules.c: whether an order is sound, and whether it applies here and now (act.h).
 *
 * Forbidden here: clock, disk, secret keys. */
#include "session/order-private.h"

#include "base/limits.h"
#include "session/error.h"

#include <string.h>

#define MS_PER_MIN 60000

static const guint8 zeros[JK_PUBLIC_BYTES];

static gboolean
refuse (const JkOrder *self, GError **error, JkSessionError code, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/* "FILE: the order "extend" FOUND." */
static gboolean
refuse (const JkOrder *self, GError **error, JkSessionError code, const char *format, ...)
{
  const JkActRule *rule = jk_act_get_rule (jk_order_get_terms (self)->act);
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *found = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error,
               JK_SESSION_ERROR,
               (gint) code,
               "%s: the order “%s” %s.",
               jk_order_get_file (self),
               rule != NULL ? rule->name : "?",
               found);
  return FALSE;
}

static gboolean
check_session (const JkOrder *self, const JkSession *session, GError **error)
{
  const JkOrderTerms *terms = jk_order_get_terms (self);

  if (!g_str_equal (terms->hall, jk_session_get_hall (session)))
    return refuse (self,
                   error,
                   JK_SESSION_ERROR_ORDER_FOREIGN,
                   "is for hall %s; this is hall %s; take it there",
                   terms->hall,
                   jk_session_get_hall (session));
  if (!jk_digest_equal (&terms->session, jk_session_get_digest (session)))
    return refuse (self,
                   error,
                   JK_SESSION_ERROR_ORDER_FOREIGN,
                   "is of another session than %s; give it again in the session that runs here",
                   jk_session_get_name (session));
  return TRUE;
}

/* What was given under an earlier one holds. */
static gboolean
check_amendment (const JkOrder *self, const JkSession *session, GError **error)
{
  guint given = jk_order_get_terms (self)->amendment;
  guint in_force = jk_session_get_amendment_number (session);

  if (given <= in_force)
    return TRUE;
  return refuse (self,
                 error,
                 JK_SESSION_ERROR_ORDER_AMENDMENT,
                 "was given under amendment %u; this PC has %u; load amendment %u first, then give "
                 "the order again",
                 given,
                 in_force,
                 in_force + 1);
}

static gboolean
check_signatures (const JkOrder *self, const JkSession *session, GError **error)
{
  for (guint n = 0; n < jk_order_get_n_signers (self); n++) {
    JkRoleName name = jk_order_get_signer (self, n);
    const JkRole *role = jk_session_find_role (session, name);
    if (role == NULL)
      return refuse (self,
                     error,
                     JK_SESSION_ERROR_ORDER_SIGNATURE,
                     "names a role (%u) that this session does not have; use the envelopes of this "
                     "hall",
                     name);
    if (!jk_order_verify_signature (self, n, role->sign_public))
      return refuse (self,
                     error,
                     JK_SESSION_ERROR_ORDER_SIGNATURE,
                     "is not signed by the role “%s” it names, or was changed after that; do not "
                     "use it, and record where it came from",
                     jk_role_name_get (name));
  }
  return TRUE;
}

static gboolean
is_signed_by_chief (const JkOrder *self)
{
  for (guint n = 0; n < jk_order_get_n_signers (self); n++) {
    if (jk_order_get_signer (self, n) == JK_ROLE_CHIEF)
      return TRUE;
  }
  return FALSE;
}

static gboolean
check_signers (const JkOrder *self, const JkActRule *rule, GError **error)
{
  gboolean is_for_all =
      rule->target != JK_TARGET_STATION && jk_order_get_terms (self)->record == JK_ORDER_EVERY;
  guint needed = is_for_all ? rule->n_signers_all : rule->n_signers;

  if (is_for_all && needed == 0)
    return refuse (self,
                   error,
                   JK_SESSION_ERROR_ORDER_RULE,
                   "is for every candidate; it can only be given for one; name the candidate");
  if (jk_order_get_n_signers (self) < needed)
    return refuse (self,
                   error,
                   JK_SESSION_ERROR_ORDER_RULE,
                   "is signed by %u; it needs %u different persons; have a second one sign",
                   jk_order_get_n_signers (self),
                   needed);
  if (rule->chief && !is_signed_by_chief (self))
    return refuse (self,
                   error,
                   JK_SESSION_ERROR_ORDER_RULE,
                   "is not signed by the chief examiner, who alone may give it");
  return TRUE;
}

static gboolean
check_content (const JkOrder *self, const JkActRule *rule, GError **error)
{
  const JkOrderTerms *terms = jk_order_get_terms (self);
  const char *missing = NULL;

  if (rule->reason && terms->reason[0] == '\0')
    missing = "a reason";
  else if ((rule->carries & JK_CARRY_TEXT) != 0 && terms->text[0] == '\0')
    missing = "its text";
  else if ((rule->carries & JK_CARRY_SUBJECT) != 0 &&
           memcmp (terms->subject, zeros, sizeof terms->subject) == 0)
    missing = "what it is about";
  else if ((rule->carries & JK_CARRY_STATION) != 0 &&
           memcmp (terms->station, zeros, sizeof terms->station) == 0)
    missing = "the PC it is for";
  if (missing != NULL)
    return refuse (self,
                   error,
                   JK_SESSION_ERROR_ORDER_RULE,
                   "lacks %s; give it again with it",
                   missing);
  if (terms->amount < rule->amount_min || terms->amount > rule->amount_max)
    return refuse (self,
                   error,
                   JK_SESSION_ERROR_ORDER_RULE,
                   "says %" G_GUINT64_FORMAT "; expected %" G_GUINT64_FORMAT
                   " to %" G_GUINT64_FORMAT "; give it again",
                   terms->amount,
                   rule->amount_min,
                   rule->amount_max);
  if (terms->record != JK_ORDER_EVERY && terms->record >= JK_RECORDS_MAX)
    return refuse (self, error, JK_SESSION_ERROR_ORDER_RULE, "names a record that cannot be");
  if (rule->target == JK_TARGET_STATION && terms->record != JK_ORDER_EVERY)
    return refuse (self,
                   error,
                   JK_SESSION_ERROR_ORDER_RULE,
                   "names a candidate, but is about a whole PC");
  return TRUE;
}

gboolean
jk_order_check (const JkOrder *self, const JkSession *session, GError **error)
{
  const JkActRule *rule = jk_act_get_rule (jk_order_get_terms (self)->act);

  if (!check_session (self, session, error) || !check_amendment (self, session, error))
    return FALSE;
  if (rule == NULL)
    return refuse (self,
                   error,
                   JK_SESSION_ERROR_ORDER_RULE,
                   "(number %u) is not known to this program; update this PC",
                   jk_order_get_terms (self)->act);
  return check_signatures (self, session, error) && check_signers (self, rule, error) &&
         check_content (self, rule, error);
}

gboolean
jk_order_is_for (const JkOrder *self, const guint8 station[static JK_PUBLIC_BYTES])
{
  const guint8 *named = jk_order_get_terms (self)->station;

  return memcmp (named, zeros, JK_PUBLIC_BYTES) == 0 ||
         memcmp (named, station, JK_PUBLIC_BYTES) == 0;
}

static gboolean
check_expected (const JkOrder *self, const JkSituation *situation, GError **error)
{
  const JkOrderTerms *terms = jk_order_get_terms (self);

  if (terms->states != 0 && (terms->states & JK_BIT (situation->state)) == 0)
    return refuse (self,
                   error,
                   JK_SESSION_ERROR_ORDER_STALE,
                   "was given for another state; the sitting is now %s; look, and give it again",
                   jk_state_get_name (situation->state));
  if (terms->epoch != JK_ORDER_ANY_EPOCH && terms->epoch != situation->epoch)
    return refuse (self,
                   error,
                   JK_SESSION_ERROR_ORDER_STALE,
                   "was given after %u orders, this sitting has obeyed %u; look, and give it again",
                   terms->epoch,
                   situation->epoch);
  return TRUE;
}

static gboolean
is_met (JkNeed need, const JkSituation *situation, const guint8 *subject)
{
  switch (need) {
  case JK_NEED_NOTHING:
    return TRUE;
  case JK_NEED_HELD:
    return situation->is_held;
  case JK_NEED_ABSENT:
    return situation->is_absent;
  case JK_NEED_PRESENT:
    return !situation->is_absent;
  case JK_NEED_FREE_SPARE:
    return situation->is_spare && !situation->is_taken;
  case JK_NEED_NO_SPARE:
    return !situation->is_spare;
  case JK_NEED_ALL_HANDED_IN:
    return situation->all_handed_in;
  case JK_NEED_ALL_COLLECTED:
    return situation->all_collected;
  case JK_NEED_DIGEST:
    return subject == NULL || (situation->has_result &&
                               memcmp (subject, situation->result.bytes, JK_DIGEST_BYTES) == 0);
  }
  g_return_val_if_reached (FALSE);
}

JkLack
jk_order_find_lack (JkAct act, const JkSituation *situation, const guint8 *subject)
{
  const JkActRule *rule = jk_act_get_rule (act);

  g_return_val_if_fail (rule != NULL, JK_LACK_STAGE);
  if ((rule->stages & JK_BIT (situation->stage)) == 0)
    return JK_LACK_STAGE;
  if (rule->target != JK_TARGET_STATION && (rule->states & JK_BIT (situation->state)) == 0)
    return JK_LACK_STATE;
  return is_met (rule->need, situation, subject) ? JK_LACK_NOTHING : JK_LACK_NEED;
}

static gboolean
check_place (const JkOrder *self, const JkSituation *situation, GError **error)
{
  const JkOrderTerms *terms = jk_order_get_terms (self);

  switch (jk_order_find_lack (terms->act, situation, terms->subject)) {
  case JK_LACK_STAGE:
    return refuse (self,
                   error,
                   JK_SESSION_ERROR_ORDER_STATE,
                   "has no place while the session is %s on this PC",
                   jk_stage_get_name (situation->stage));
  case JK_LACK_STATE:
    return refuse (self,
                   error,
                   JK_SESSION_ERROR_ORDER_STATE,
                   "has no place while the sitting is %s",
                   situation->state == JK_STATE_NONE ? "not begun"
                                                     : jk_state_get_name (situation->state));
  case JK_LACK_NEED:
    return refuse (self,
                   error,
                   JK_SESSION_ERROR_ORDER_STATE,
                   "needs %s",
                   jk_need_get_text (jk_act_get_rule (terms->act)->need));
  default:
    return TRUE;
  }
}

gboolean
jk_order_judge (const JkOrder *self, const JkSituation *situation, GError **error)
{
  if (situation->is_known)
    return refuse (self,
                   error,
                   JK_SESSION_ERROR_ORDER_REPLAYED,
                   "came here before and counts once; there is nothing to do");
  for (guint n = 0; n < jk_order_get_n_signers (self); n++) {
    JkRoleName name = jk_order_get_signer (self, n);
    if ((situation->revoked_roles & JK_BIT (name)) != 0)
      return refuse (self,
                     error,
                     JK_SESSION_ERROR_ORDER_REVOKED,
                     "is signed by the role “%s”, which was revoked; have another "
                     "person sign",
                     jk_role_name_get (name));
  }
  return check_expected (self, situation, error) && check_place (self, situation, error);
}

char *
jk_order_dup_summary (const JkOrder *self)
{
  const JkOrderTerms *terms = jk_order_get_terms (self);
  const JkActRule *rule = jk_act_get_rule (terms->act);
  g_autoptr (GString) out = g_string_new (rule != NULL ? rule->name : "?");

  if (rule != NULL && rule->amount_max > JK_ROLES_MAX && terms->amount > 0)
    g_string_append_printf (out,
                            " %s %" G_GUINT64_FORMAT " min",
                            terms->act == JK_ACT_RETIRE ? "at" : "by",
                            terms->amount / MS_PER_MIN);
  if (rule == NULL || rule->target != JK_TARGET_STATION) {
    if (terms->record == JK_ORDER_EVERY)
      g_string_append (out, ", every record");
    else
      g_string_append_printf (out, ", record %u", terms->record);
  }
  for (guint n = 0; n < jk_order_get_n_signers (self); n++)
    g_string_append_printf (out,
                            "%s%s",
                            n == 0 ? ", signed by " : " and ",
                            jk_role_name_get (jk_order_get_signer (self, n)));
  return g_string_free (g_steal_pointer (&out), FALSE);
}
