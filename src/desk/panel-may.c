/* SPDX-License-Identifier: Apache-2.0 */
/* desk/panel-may.c: what may be ordered now, and why something may not. The act table decides; here
 * are its words for a proctor. */
#include "desk/panel-private.h"

#define RUNNING JK_BIT (JK_STATE_RUNNING)
#define SEALED JK_BIT (JK_STATE_SEALED)

/* "a candidate who ..."; and the way from there to other states. */
static const struct {
  const char *is, *way;
  guint32 leads_to;
} states[JK_N_STATES] = {
  [JK_STATE_NONE] = {
      "has not logged in at this PC",
      "let the candidate log in here, or go to the PC where they sit",
      G_MAXUINT32,
  },
  [JK_STATE_IDENTIFIED] = {
      "has logged in",
      "wait until the exam has started",
      RUNNING,
  },
  [JK_STATE_READY] = {
      "waits for the start",
      "wait until the exam has started",
      RUNNING,
  },
  [JK_STATE_RUNNING] = {
      "is answering",
      "wait for the hand-in, or order “force”",
      SEALED,
  },
  [JK_STATE_PAUSED] = {
      "is paused",
      "order “resume” first",
      RUNNING,
  },
  [JK_STATE_HANDED_IN] = {
      "is handing in",
      "wait a moment until the answers are sealed",
      SEALED,
  },
  [JK_STATE_SEALED] = {
      "has handed in",
      "if that was by mistake, order “reopen” first",
      RUNNING,
  },
  [JK_STATE_COLLECTED] = {
      "has handed in and was collected",
      "that is final",
      G_MAXUINT32,
  },
  [JK_STATE_MOVED] = {
      "goes on at another PC",
      "go to that PC",
      G_MAXUINT32,
  },
};

static char *
dup_wanted_states (guint32 wanted)
{
  GString *out = g_string_new (NULL);

  for (guint state = 0; state < JK_N_STATES; state++) {
    if ((wanted & JK_BIT (state)) == 0)
      continue;
    wanted &= ~JK_BIT (state);
    if (out->len > 0)
      g_string_append (out, wanted != 0 ? ", " : " or ");
    g_string_append (out, states[state].is);
  }
  return g_string_free (out, FALSE);
}

static char *
dup_lack_of_state (const JkActRule *rule, JkState state)
{
  g_autofree char *wanted = dup_wanted_states (rule->states);
  gboolean leads = (states[state].leads_to & rule->states) != 0;

  return g_strdup_printf ("“%s” is for a candidate who %s; this one %s%s%s.",
                          rule->name,
                          wanted,
                          states[state].is,
                          leads ? "; " : "",
                          leads ? states[state].way : "");
}

static char *
dup_lack_of_stage (const JkActRule *rule, JkStage stage)
{
  if (stage == JK_STAGE_ENDED)
    return g_strdup_printf ("The session has ended on this PC, so “%s” has no place here any more; "
                            "what happens now is recorded as an incident.",
                            rule->name);
  if ((rule->stages & JK_BIT (JK_STAGE_ENDED)) != 0 && stage == JK_STAGE_OPEN)
    return g_strdup_printf ("“%s” has its place after the session; order “end” on this PC first.",
                            rule->name);
  if (stage == JK_STAGE_OPEN)
    return g_strdup ("Log-in is open on this PC already; candidates can log in.");
  if ((rule->stages & JK_BIT (JK_STAGE_OPEN)) == 0)
    return g_strdup_printf ("The session has not begun on this PC; “%s” has its place after it.",
                            rule->name);
  return g_strdup_printf ("Log-in is not open on this PC yet; type the room code or order “open”, "
                          "then “%s” has its place.",
                          rule->name);
}

static char *
dup_lack_of_need (JkNeed need, const JkSituation *situation)
{
  switch (need) {
  case JK_NEED_HELD:
    return g_strdup ("Nothing holds this exam: its interruptions are within the rules, and the "
                     "candidate can go on.");
  case JK_NEED_ABSENT:
    return g_strdup ("This candidate is not marked absent on this PC; there is nothing to undo.");
  case JK_NEED_PRESENT:
    return g_strdup ("This candidate is marked absent already; “not-absent” undoes it.");
  case JK_NEED_FREE_SPARE:
    return g_strdup (situation->is_spare
                         ? "This spare row was given to a walk-in already; choose another one."
                         : "This row is a candidate's; choose a spare one for a walk-in, or "
                           "“wrong-id” for the candidate.");
  case JK_NEED_NO_SPARE:
    return g_strdup ("This row is a spare one; choose the candidate's, or “walk-in” for somebody "
                     "who is not on the roll.");
  case JK_NEED_ALL_HANDED_IN:
    return g_strdup ("Somebody at this PC has not handed in; wait for the hand-in, order “force”, "
                     "or move the sitting to another PC.");
  case JK_NEED_ALL_COLLECTED:
    return g_strdup ("Not every result of this PC is collected and copied to a stick; copy and "
                     "collect what is here first.");
  default:
    g_return_val_if_reached (g_strdup (""));
  }
}

/* NULL: nothing speaks against it. */
static char *
dup_lack (JkAct act, const JkSituation *situation)
{
  const JkActRule *rule = jk_act_get_rule (act);

  switch (jk_order_find_lack (act, situation, NULL)) {
  case JK_LACK_STAGE:
    return dup_lack_of_stage (rule, situation->stage);
  case JK_LACK_STATE:
    return dup_lack_of_state (rule, situation->state);
  case JK_LACK_NEED:
    return dup_lack_of_need (rule->need, situation);
  default:
    return NULL;
  }
}

static char *
dup_lack_for_all (JkDeskSituations *situations, JkAct act)
{
  const JkActRule *rule = jk_act_get_rule (act);
  JkSituation here;

  jk_desk_situations_find (situations, JK_ORDER_EVERY, &here);
  if (rule->target == JK_TARGET_STATION)
    return dup_lack (act, &here);
  if (rule->n_signers_all == 0)
    return g_strdup_printf ("“%s” is for one candidate; choose whom.", rule->name);
  if (rule->target != JK_TARGET_SITTING || (rule->stages & JK_BIT (here.stage)) == 0)
    return dup_lack (act, &here);
  char *lack =
      g_strdup_printf ("Nobody has logged in at this PC, so “%s” has nobody here to be for; "
                       "order it where candidates sit.",
                       rule->name);
  /* Obeyed where one sitting takes it. */
  for (guint n = 1; lack != NULL && n < jk_desk_situations_get_n (situations); n++) {
    g_free (lack);
    lack = dup_lack (act, jk_desk_situations_get (situations, n));
  }
  return lack;
}

static char *
dup_lack_for_one (JkPanel *self, JkAct act, guint32 record)
{
  const JkActRule *rule = jk_act_get_rule (act);
  JkSituation situation;

  if (rule->target == JK_TARGET_STATION)
    return g_strdup_printf ("“%s” is about the whole PC; give it without a candidate.", rule->name);
  jk_desk_situations_find (self->desk->situations, record, &situation);
  /* The seat cannot know more before somebody opens the roll. */
  situation.is_spare = act == JK_ACT_WALK_IN;
  if (self->spares != NULL && record >= self->spares->len)
    return g_strdup ("This row is not on the roll of this hall; read the list again, and choose "
                     "from it.");
  if (self->spares != NULL)
    situation.is_spare = self->spares->data[record] != 0;
  return dup_lack (act, &situation);
}

static char *
dup_why_not (JkPanel *self, JkAct act, guint32 record)
{
  JkDeskSituations *situations = self->desk->situations;
  JkSituation here;

  if (self->role == 0)
    return g_strdup ("The panel is closed; type the passcode of an envelope first.");
  if (!jk_desk_situations_find (situations, JK_ORDER_EVERY, &here))
    return g_strdup ("There is no session on this PC; load the session file of this hall first.");
  if (jk_desk_situations_are_wiped (situations))
    return g_strdup ("The data of this session were wiped from this PC; load the files of the next "
                     "session, or switch it off.");
  if (jk_desk_situations_get_fault (situations) != NULL)
    return g_strdup (jk_desk_situations_get_fault (situations));
  if ((here.revoked_roles & JK_BIT (self->role)) != 0)
    return g_strdup_printf ("The role “%s” was revoked; open the panel with another envelope.",
                            jk_role_name_get ((JkRoleName) self->role));
  return record == JK_ORDER_EVERY ? dup_lack_for_all (situations, act)
                                  : dup_lack_for_one (self, act, record);
}

gboolean
jk_panel_may_why (JkPanel *self, JkAct act, guint32 record, char **out_why)
{
  g_return_val_if_fail (JK_IS_PANEL (self) && jk_act_get_rule (act) != NULL, FALSE);
  g_autofree char *why = dup_why_not (self, act, record);
  gboolean may = why == NULL;

  if (out_why != NULL)
    *out_why = g_steal_pointer (&why);
  return may;
}

gboolean
jk_panel_may (JkPanel *self, JkAct act, guint32 record)
{
  return jk_panel_may_why (self, act, record, NULL);
}
