/* SPDX-License-Identifier: Apache-2.0 */
/* session/act.c: the act table. A row changed here changes panel, console and station at once. */
#include "session/act.h"

#include "base/limits.h"

#include <string.h>

#define MIN_MS G_GUINT64_CONSTANT (60000)
#define LATE_MS_MAX (180 * MIN_MS)
#define GIVEN_MS_MAX (180 * MIN_MS)
#define USED_MS_MAX (24 * 60 * MIN_MS)
#define ROLES JK_ROLES_MAX

#define LOADED JK_BIT (JK_STAGE_LOADED)
#define OPEN JK_BIT (JK_STAGE_OPEN)
#define ENDED JK_BIT (JK_STAGE_ENDED)
#define ANY_STAGE (LOADED | OPEN | ENDED)

#define NONE JK_BIT (JK_STATE_NONE)
#define IDENTIFIED JK_BIT (JK_STATE_IDENTIFIED)
#define READY JK_BIT (JK_STATE_READY)
#define RUNNING JK_BIT (JK_STATE_RUNNING)
#define PAUSED JK_BIT (JK_STATE_PAUSED)
#define SEALED JK_BIT (JK_STATE_SEALED)
#define BEGUN (IDENTIFIED | READY | RUNNING | PAUSED)
#define ANY_STATE (JK_BIT (JK_N_STATES) - 1)

/* Who else must sign follows domain.md section 4.8; where that is silent: two where a paper, a
 * time of the whole hall or a person's identity is at stake, one where the next minute counts. */
static const JkActRule rules[JK_N_ACTS] = {
  [JK_ACT_OPEN] = {
    .name = "open", .target = JK_TARGET_STATION, .stages = LOADED, .confirm = JK_CONFIRM_YES,
    .n_signers = 1,
  },
  [JK_ACT_OPEN_RED] = {
    .name = "open-red", .target = JK_TARGET_STATION, .stages = LOADED | OPEN,
    .confirm = JK_CONFIRM_YES, .carries = JK_CARRY_STATION, .n_signers = 2, .reason = TRUE,
  },
  [JK_ACT_OPEN_OUTSIDE] = {
    .name = "open-outside", .target = JK_TARGET_STATION, .stages = LOADED | OPEN,
    .confirm = JK_CONFIRM_YES, .n_signers = 2, .reason = TRUE,
  },
  [JK_ACT_END] = {
    .name = "end", .target = JK_TARGET_STATION, .stages = OPEN, .confirm = JK_CONFIRM_COUNTS,
    .need = JK_NEED_ALL_HANDED_IN, .n_signers = 1,
  },
  [JK_ACT_LATE] = {
    .name = "late", .target = JK_TARGET_RECORD, .stages = OPEN,
    .states = NONE | IDENTIFIED | READY, .confirm = JK_CONFIRM_YES, .event = JK_EVENT_LATE,
    .amount_min = MIN_MS, .amount_max = LATE_MS_MAX, .n_signers = 1,
  },
  [JK_ACT_WALK_IN] = {
    .name = "walk-in", .target = JK_TARGET_RECORD, .stages = OPEN, .states = NONE,
    .confirm = JK_CONFIRM_YES, .need = JK_NEED_FREE_SPARE, .event = JK_EVENT_ADMITTED,
    .carries = JK_CARRY_TEXT, .n_signers = 2, .reason = TRUE,
  },
  [JK_ACT_WRONG_ID] = {
    .name = "wrong-id", .target = JK_TARGET_RECORD, .stages = OPEN, .states = NONE,
    .confirm = JK_CONFIRM_YES, .need = JK_NEED_NO_SPARE, .event = JK_EVENT_ADMITTED,
    .n_signers = 2, .reason = TRUE,
  },
  [JK_ACT_UNLOCK] = {
    .name = "unlock", .target = JK_TARGET_RECORD, .stages = OPEN, .states = ANY_STATE,
    .confirm = JK_CONFIRM_YES, .n_signers = 1, .n_signers_all = 1, .reason = TRUE,
  },
  [JK_ACT_ABSENT] = {
    .name = "absent", .target = JK_TARGET_RECORD, .stages = OPEN | ENDED, .states = NONE,
    .confirm = JK_CONFIRM_YES, .need = JK_NEED_PRESENT, .n_signers = 1, .reason = TRUE,
  },
  [JK_ACT_NOT_ABSENT] = {
    .name = "not-absent", .target = JK_TARGET_RECORD, .stages = OPEN | ENDED, .states = NONE,
    .confirm = JK_CONFIRM_YES, .need = JK_NEED_ABSENT, .n_signers = 1, .reason = TRUE,
  },
  [JK_ACT_EXTEND] = {
    .name = "extend", .target = JK_TARGET_SITTING, .stages = OPEN, .states = RUNNING | PAUSED,
    .confirm = JK_CONFIRM_YES, .event = JK_EVENT_EXTENDED, .amount_min = MIN_MS,
    .amount_max = GIVEN_MS_MAX, .n_signers = 1, .n_signers_all = 2, .reason = TRUE,
  },
  [JK_ACT_CREDIT] = {
    .name = "credit", .target = JK_TARGET_SITTING, .stages = OPEN, .states = RUNNING | PAUSED,
    .confirm = JK_CONFIRM_YES, .event = JK_EVENT_CREDITED, .amount_max = GIVEN_MS_MAX,
    .n_signers = 1, .n_signers_all = 2, .reason = TRUE,
  },
  [JK_ACT_PAUSE] = {
    .name = "pause", .target = JK_TARGET_SITTING, .stages = OPEN, .states = RUNNING,
    .confirm = JK_CONFIRM_YES, .event = JK_EVENT_PAUSED, .n_signers = 2, .n_signers_all = 2,
    .reason = TRUE,
  },
  [JK_ACT_RESUME] = {
    .name = "resume", .target = JK_TARGET_SITTING, .stages = OPEN, .states = PAUSED,
    .confirm = JK_CONFIRM_YES, .event = JK_EVENT_RESUMED, .n_signers = 2, .n_signers_all = 2,
    .reason = TRUE,
  },
  [JK_ACT_RELEASE] = {
    .name = "release", .target = JK_TARGET_SITTING, .stages = OPEN, .states = RUNNING | PAUSED,
    .confirm = JK_CONFIRM_YES, .need = JK_NEED_HELD, .event = JK_EVENT_RELEASED, .n_signers = 1,
    .n_signers_all = 2, .reason = TRUE,
  },
  [JK_ACT_CONSENT] = {
    .name = "consent", .target = JK_TARGET_SITTING, .stages = OPEN, .states = RUNNING,
    .event = JK_EVENT_CONSENTED, .n_signers = 1,
  },
  [JK_ACT_MESSAGE] = {
    .name = "message", .target = JK_TARGET_SITTING, .stages = OPEN, .states = BEGUN,
    .event = JK_EVENT_NOTED, .carries = JK_CARRY_TEXT, .n_signers = 1, .n_signers_all = 1,
  },
  [JK_ACT_INCIDENT] = {
    .name = "incident", .target = JK_TARGET_RECORD, .stages = OPEN | ENDED, .states = ANY_STATE,
    .confirm = JK_CONFIRM_YES, .event = JK_EVENT_NOTED, .carries = JK_CARRY_TEXT,
    .n_signers = 1, .n_signers_all = 1,
  },
  [JK_ACT_VIOLATION] = {
    .name = "violation", .target = JK_TARGET_RECORD, .stages = OPEN | ENDED,
    .states = ANY_STATE, .confirm = JK_CONFIRM_YES, .event = JK_EVENT_NOTED,
    .carries = JK_CARRY_TEXT, .n_signers = 2, .reason = TRUE,
  },
  [JK_ACT_FORCE] = {
    .name = "force", .target = JK_TARGET_SITTING, .stages = OPEN, .states = RUNNING | PAUSED,
    .confirm = JK_CONFIRM_TYPED, .event = JK_EVENT_HANDED_IN, .n_signers = 2, .reason = TRUE,
  },
  [JK_ACT_REOPEN] = {
    .name = "reopen", .target = JK_TARGET_SITTING, .stages = OPEN, .states = SEALED,
    .confirm = JK_CONFIRM_YES, .event = JK_EVENT_REOPENED, .amount_max = GIVEN_MS_MAX,
    .n_signers = 2, .reason = TRUE,
  },
  [JK_ACT_MOVE] = {
    .name = "move", .target = JK_TARGET_SITTING, .stages = OPEN, .states = BEGUN,
    .confirm = JK_CONFIRM_YES, .event = JK_EVENT_MOVED, .n_signers = 1, .reason = TRUE,
  },
  [JK_ACT_RETIRE] = {
    .name = "retire", .target = JK_TARGET_SITTING, .stages = OPEN | ENDED, .states = BEGUN,
    .confirm = JK_CONFIRM_YES, .event = JK_EVENT_MOVED, .carries = JK_CARRY_STATION,
    .amount_max = USED_MS_MAX, .n_signers = 1, .reason = TRUE,
  },
  [JK_ACT_COPY] = {
    .name = "copy", .target = JK_TARGET_STATION, .stages = OPEN | ENDED, .n_signers = 1,
  },
  [JK_ACT_COLLECT] = {
    .name = "collect", .target = JK_TARGET_SITTING, .stages = OPEN | ENDED, .states = SEALED,
    .confirm = JK_CONFIRM_COUNTS, .need = JK_NEED_DIGEST, .event = JK_EVENT_COLLECTED,
    .carries = JK_CARRY_SUBJECT, .n_signers = 2,
  },
  [JK_ACT_REVOKE_ROLE] = {
    .name = "revoke-role", .target = JK_TARGET_STATION, .stages = ANY_STAGE,
    .confirm = JK_CONFIRM_YES, .amount_min = 1, .amount_max = ROLES, .n_signers = 1,
    .chief = TRUE, .reason = TRUE,
  },
  [JK_ACT_NAME_PERSON] = {
    .name = "name-person", .target = JK_TARGET_STATION, .stages = ANY_STAGE,
    .confirm = JK_CONFIRM_YES, .amount_min = 1, .amount_max = ROLES,
    .carries = JK_CARRY_TEXT, .n_signers = 1, .chief = TRUE,
  },
  [JK_ACT_NAME_CONSOLE] = {
    .name = "name-console", .target = JK_TARGET_STATION, .stages = ANY_STAGE,
    .confirm = JK_CONFIRM_YES, .carries = JK_CARRY_SUBJECT, .n_signers = 1, .chief = TRUE,
  },
  [JK_ACT_WIPE] = {
    .name = "wipe", .target = JK_TARGET_STATION, .stages = ENDED, .confirm = JK_CONFIRM_TYPED,
    .need = JK_NEED_ALL_COLLECTED, .n_signers = 2,
  },
};

static const char *const need_texts[] = {
  [JK_NEED_NOTHING] = "nothing",
  [JK_NEED_HELD] = "a sitting that is held because of its interruptions",
  [JK_NEED_ABSENT] = "a candidate who is marked absent",
  [JK_NEED_PRESENT] = "a candidate who is not marked absent",
  [JK_NEED_FREE_SPARE] = "a spare record that nobody has taken",
  [JK_NEED_NO_SPARE] = "the record of a candidate on the roll",
  [JK_NEED_ALL_HANDED_IN] = "every sitting of this station handed in or moved away",
  [JK_NEED_ALL_COLLECTED] =
      "every result of this station collected and copied to a stick, or moved away",
  [JK_NEED_DIGEST] = "the digest of the result that was sealed here",
};

const JkActRule *
jk_act_get_rule (JkAct act)
{
  if (act < JK_ACT_OPEN || act >= JK_N_ACTS)
    return NULL;
  return &rules[act];
}

gboolean
jk_act_parse (const char *name, JkAct *out_act)
{
  for (guint act = JK_ACT_OPEN; act < JK_N_ACTS; act++) {
    if (strcmp (rules[act].name, name) != 0)
      continue;
    *out_act = (JkAct) act;
    return TRUE;
  }
  return FALSE;
}

const char *
jk_need_get_text (JkNeed need)
{
  g_return_val_if_fail (need < G_N_ELEMENTS (need_texts), "");
  return need_texts[need];
}

const char *
jk_stage_get_name (JkStage stage)
{
  static const char *const names[JK_N_STAGES] = { "loaded", "open", "ended" };

  g_return_val_if_fail (stage < JK_N_STAGES, "");
  return names[stage];
}
