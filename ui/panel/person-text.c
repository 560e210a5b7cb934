/* SPDX-License-Identifier: Apache-2.0 */
/* panel/person-text.c: see the header. */
#include "panel/person-text.h"

#include <glib/gi18n.h>

static const char *const states[JK_N_STATES] = {
  /* Translators: what other PCs know is not known here. zh: 未在本机登录 */
  [JK_STATE_NONE] = N_ ("Not logged in here"),
  /* Translators: zh: 已登录 */
  [JK_STATE_IDENTIFIED] = N_ ("Logged in"),
  /* Translators: zh: 候考 */
  [JK_STATE_READY] = N_ ("Waiting for the start"),
  /* Translators: zh: 考试中 */
  [JK_STATE_RUNNING] = N_ ("In the exam"),
  /* Translators: zh: 已暂停 */
  [JK_STATE_PAUSED] = N_ ("Paused"),
  /* Translators: zh: 已交卷 */
  [JK_STATE_HANDED_IN] = N_ ("Handed in"),
  [JK_STATE_SEALED] = N_ ("Handed in"),
  /* Translators: zh: 已收卷 */
  [JK_STATE_COLLECTED] = N_ ("Collected"),
  /* Translators: zh: 已换机 */
  [JK_STATE_MOVED] = N_ ("Moved"),
};

char *
jk_person_text_dup_name (const JkPanelPerson *person)
{
  if (person->is_spare && person->name[0] == '\0')
    /* Translators: a row of the roll for somebody who is not on it. zh: 备用记录 %u */
    return g_strdup_printf (_ ("Spare row %u"), person->record);
  if (person->seat[0] == '\0')
    return g_strdup (person->name);
  return g_strdup_printf ("%s  %s", person->seat, person->name);
}

const char *
jk_person_text_get_state (const JkPanelPerson *person)
{
  if (person->is_absent)
    /* Translators: zh: 缺考 */
    return _ ("Absent");
  if (person->is_let_in)
    /* Translators: zh: 准予入场 */
    return _ ("May come in");
  if (person->is_spare && !person->is_here)
    /* Translators: nobody has this row. zh: 空闲 */
    return _ ("Free");
  return _ (states[person->state]);
}
