/* SPDX-License-Identifier: Apache-2.0 */
#include "support/orders.h"

#include "support/exam-private.h"

void
jk_test_order_init (JkOrderTerms *out_terms,
                    const JkTestExam *exam,
                    guint hall,
                    JkAct act,
                    guint64 counter,
                    const guint8 *station)
{
  const JkActRule *rule = jk_act_get_rule (act);

  jk_order_terms_init (out_terms,
                       jk_test_exam_get_session (exam, hall),
                       act,
                       jk_test_exam_get_world (exam),
                       counter);
  out_terms->reason = rule->reason ? "rehearsed reason" : "";
  out_terms->amount = rule->amount_min;
  if ((rule->carries & JK_CARRY_TEXT) != 0)
    out_terms->text = "W601 phone at the seat";
  if ((rule->carries & JK_CARRY_SUBJECT) != 0)
    memset (out_terms->subject, 7, sizeof out_terms->subject);
  if ((rule->carries & JK_CARRY_STATION) != 0 && station != NULL)
    memcpy (out_terms->station, station, sizeof out_terms->station);
  memset (out_terms->device, 9, sizeof out_terms->device);
}

static void
open_role (const JkTestExam *exam, guint hall, JkRoleName name, JkRoleKeys *out_keys)
{
  GError *error = NULL;
  const JkSession *session = jk_test_exam_get_session (exam, hall);

  jk_role_open (jk_session_get_role (session, name - 1),
                jk_test_exam_get_passcode (exam, hall, name),
                jk_test_exam_get_world (exam),
                jk_session_get_file (session),
                out_keys,
                &error);
  jk_test_exam_check (error);
}

GBytes *
jk_test_order_sign (const JkTestExam *exam,
                    guint hall,
                    const JkOrderTerms *terms,
                    JkRoleName first,
                    JkRoleName second)
{
  JkRoleKeys keys = { NULL };
  GError *error = NULL;

  open_role (exam, hall, first, &keys);
  GBytes *order = jk_order_write (terms, first, keys.sign);
  jk_role_keys_clear (&keys);
  if (second == 0)
    return order;
  g_autoptr (GBytes) once = order;
  open_role (exam, hall, second, &keys);
  order = jk_order_countersign ("test", once, second, keys.sign, &error);
  jk_role_keys_clear (&keys);
  jk_test_exam_check (error);
  return order;
}

GBytes *
jk_test_order_new (const JkTestExam *exam,
                   guint hall,
                   JkAct act,
                   guint64 counter,
                   guint32 record,
                   const guint8 *station)
{
  JkOrderTerms terms;

  jk_test_order_init (&terms, exam, hall, act, counter, station);
  terms.record = record;
  return jk_test_order_sign (exam, hall, &terms, JK_ROLE_CHIEF, JK_ROLE_PROCTOR);
}
