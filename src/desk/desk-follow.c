/* SPDX-License-Identifier: Apache-2.0 */
/* desk/desk-follow.c: the desk follows seat, sitting and clock, and tells what changed.
 *
 * Everything shown is taken over here, on the desk's thread while no worker has the seat; getters
 * and windows never ask the sitting itself. */
#include "desk/desk-private.h"

#include "base/limits.h"

#define US_PER_S G_USEC_PER_SEC
#define SITTING_EVERY_US (1 * US_PER_S)
#define SEAT_EVERY_US (60 * US_PER_S)
#define INBOX_EVERY_US (2 * US_PER_S)
#define HAND_IN_AGAIN_US (5 * US_PER_S)
#define MS_PER_MIN 60000

/* Of what is here, what is shown first: who sits here, who waits to leave, an open session. */
typedef enum {
  RANK_NONE,
  RANK_ENDED,
  RANK_LOADED,
  RANK_OPEN,
  RANK_GONE, /* collected or moved, and not dismissed */
  RANK_HANDED_IN,
  RANK_BEGUN,
} Rank;

static Rank
rank_sitting (const JkDesk *self, const JkSitting *sitting)
{
  if (jk_sitting_has_left_early (sitting))
    return RANK_NONE;
  switch (jk_sitting_get_state (sitting)) {
  case JK_STATE_HANDED_IN:
  case JK_STATE_SEALED:
    return RANK_HANDED_IN;
  case JK_STATE_COLLECTED:
  case JK_STATE_MOVED:
    return g_hash_table_contains (self->dismissed, sitting) ? RANK_NONE : RANK_GONE;
  default:
    return RANK_BEGUN;
  }
}

static Rank
rank_stage (JkStage stage)
{
  switch (stage) {
  case JK_STAGE_OPEN:
    return RANK_OPEN;
  case JK_STAGE_ENDED:
    return RANK_ENDED;
  default:
    return RANK_LOADED;
  }
}

static Rank
rank_seat (const JkDesk *self, const JkSeat *seat, JkSitting **out_sitting)
{
  Rank best = rank_stage (jk_seat_get_stage (seat));

  *out_sitting = NULL;
  for (guint n = 0; n < jk_seat_get_n_sittings (seat); n++) {
    JkSitting *sitting = jk_seat_get_sitting (seat, n);
    Rank rank = rank_sitting (self, sitting);
    if (rank > best) {
      best = rank;
      *out_sitting = sitting;
    }
  }
  return best;
}

static gboolean
look_again (gpointer user_data)
{
  JkDesk *self = user_data;

  g_atomic_int_set (&self->is_woken, 0);
  if (!self->is_closed && self->n_busy == 0)
    jk_desk_look (self);
  return G_SOURCE_REMOVE;
}

/* On the journal's thread: only wakes the desk up. */
static void
wake (gpointer user_data)
{
  JkDesk *self = user_data;

  if (!g_atomic_int_compare_and_exchange (&self->is_woken, 0, 1))
    return;
  /* Not g_main_context_invoke: between two iterations that would look on this thread. */
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, look_again, g_object_ref (self), g_object_unref);
  g_source_attach (source, self->context);
}

static void
make_items (JkDesk *self)
{
  const JkPaper *paper = self->sitting != NULL ? jk_sitting_get_paper (self->sitting) : NULL;
  guint n = paper != NULL ? jk_paper_get_n (paper) : 0;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (
        items,
        jk_desk_item_new (jk_paper_get_item (paper, i), jk_sitting_get_item (self->sitting, i), i));
  g_list_store_splice (self->items,
                       0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata,
                       n);
  self->position = self->sitting != NULL ? jk_sitting_get_position (self->sitting) : 0;
  for (guint i = 0; i < n; i++)
    jk_desk_update_item (self, i);
}

static void
show_sitting (JkDesk *self, JkSitting *sitting)
{
  self->sitting = sitting;
  self->last_ticket = 0;
  self->posted_us = 0;
  self->saved_wall_ms = 0;
  self->left_ms = 0;
  self->given_ms = 0;
  self->is_calling = FALSE;
  g_array_set_size (self->deferred, 0);
  jk_desk_read_lock (self);
  g_clear_pointer (&self->walk_in, g_free);
  if (sitting == NULL)
    return;
  /* Who cannot be named sits without a name: nobody is kept from the exam by it. */
  if (jk_sitting_get_person (sitting)->spare)
    self->walk_in = jk_seat_dup_walk_in (self->seat, jk_sitting_get_person (sitting)->index, NULL);
  JkJournal *journal = jk_sitting_get_journal (sitting);
  const JkLedger *ledger = jk_replay_get_ledger (jk_journal_get_replay (journal));
  self->given_ms = ledger->extended_ms;
  self->saved_wall_ms = jk_journal_get_durable_wall_ms (journal);
  jk_journal_set_notify (journal, wake, self);
}

void
jk_desk_choose_sitting (JkDesk *self)
{
  Rank best = RANK_NONE;
  JkSeat *seat = NULL;
  JkSitting *sitting = NULL;

  for (guint i = 0; i < self->seats->len; i++) {
    JkSeat *other = g_ptr_array_index (self->seats, i);
    JkSitting *others;
    Rank rank = rank_seat (self, other, &others);
    if (rank > best || (rank == best && other == self->seat)) {
      best = rank;
      seat = other;
      sitting = others;
    }
  }
  self->seat = seat;
  if (sitting != self->sitting)
    show_sitting (self, sitting);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  gboolean has_paper = sitting != NULL && jk_sitting_get_paper (sitting) != NULL;
  g_autoptr (JkDeskItem) first = g_list_model_get_item (G_LIST_MODEL (self->items), 0);
  if ((n > 0) != has_paper ||
      (has_paper && !jk_desk_item_is_of (first, jk_sitting_get_item (sitting, 0))))
    make_items (self);
}

void
jk_desk_update_item (JkDesk *self, guint position)
{
  JkDeskItem *item = jk_desk_get_item (self, position);

  if (item != NULL && self->sitting != NULL)
    jk_desk_item_update (item,
                         jk_sitting_get_answer (self->sitting, position),
                         jk_sitting_is_flagged (self->sitting, position),
                         position == self->position);
}

static JkPage
choose_page (const JkDesk *self)
{
  JkPageFacts facts = { .has_seat = self->seat != NULL };

  if (self->seat != NULL)
    facts.stage = jk_seat_get_stage (self->seat);
  if (self->sitting != NULL) {
    facts.state = jk_sitting_get_state (self->sitting);
    facts.has_entry = jk_seat_has_entry (self->seat, jk_sitting_get_person (self->sitting)->index);
    facts.is_held = jk_sitting_is_held (self->sitting);
    facts.is_waiting = jk_sitting_is_waiting (self->sitting);
  }
  return jk_page_choose (&facts);
}

/* From the journal's word alone (P1). */
static JkSave
judge_save (JkDesk *self)
{
  if (self->sitting == NULL)
    return JK_SAVE_NONE;
  switch (jk_sitting_get_store_state (self->sitting)) {
  case JK_STORE_FULL:
    return JK_SAVE_FULL;
  case JK_STORE_FAILED:
    return JK_SAVE_FAILED;
  default:
    break;
  }
  if (jk_sitting_get_acknowledged (self->sitting) < self->last_ticket) {
    gint64 waits_ms = (g_get_monotonic_time () - self->posted_us) / 1000;
    return waits_ms < JK_SAVE_SLOW_MS ? JK_SAVE_SAVING : JK_SAVE_SLOW;
  }
  if (self->posted_us != 0) {
    self->posted_us = 0;
    self->saved_wall_ms = self->world->clock->wall_ms (self->world->clock);
  }
  return self->n_answered > 0 || self->last_ticket > 0 ? JK_SAVE_SAVED : JK_SAVE_NONE;
}

static void
set_uint (JkDesk *self, guint *value, guint now, JkDeskProp prop)
{
  if (*value == now)
    return;
  *value = now;
  jk_desk_notify (self, prop);
}

static void
count_marks (JkDesk *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint answered = 0, flagged = 0;

  for (guint i = 0; i < n; i++) {
    JkDeskItem *item = jk_desk_get_item (self, i);
    answered += jk_desk_item_is_answered (item) ? 1 : 0;
    flagged += jk_desk_item_is_flagged (item) ? 1 : 0;
  }
  set_uint (self, &self->n_answered, answered, JK_DESK_PROP_ANSWERED);
  set_uint (self, &self->n_flagged, flagged, JK_DESK_PROP_FLAGGED);
}

/* Each warning once, when its minute is passed; the first look passes none. */
static void
warn (JkDesk *self, guint64 before_ms)
{
  const JkPolicy *policy = jk_session_get_policy (jk_seat_get_session (self->seat));
  guint minutes = 0;

  for (guint i = 0; i < policy->n_warn; i++) {
    guint64 at_ms = (guint64) policy->warn_at_min[i] * MS_PER_MIN;
    if (before_ms > at_ms && self->left_ms <= at_ms && self->left_ms > 0)
      minutes = policy->warn_at_min[i];
  }
  if (minutes > 0)
    jk_desk_emit_number (self, JK_DESK_WARNED, minutes);
}

static void
look_at_time (JkDesk *self)
{
  guint64 before_ms = self->left_ms;
  gboolean has_time = self->page == JK_PAGE_ANSWERING || self->page == JK_PAGE_PAUSED ||
                      self->page == JK_PAGE_HELD || self->page == JK_PAGE_ARRIVED;

  self->left_ms = has_time ? jk_sitting_get_left_ms (self->sitting) : 0;
  self->opens_ms = has_time ? jk_sitting_get_hand_in_opens_ms (self->sitting) : 0;
  self->needs_consent = has_time && jk_sitting_needs_consent (self->sitting);
  if ((before_ms + 999) / 1000 != jk_desk_get_left_s (self))
    jk_desk_notify (self, JK_DESK_PROP_LEFT);
  if (!has_time)
    return;
  const JkReplay *replay = jk_journal_get_replay (jk_sitting_get_journal (self->sitting));
  const JkLedger *ledger = jk_replay_get_ledger (replay);
  self->granted_ms = jk_ledger_get_own_limit_ms (ledger);
  if (ledger->extended_ms > self->given_ms)
    jk_desk_emit_number (self,
                         JK_DESK_EXTENDED,
                         (guint) ((ledger->extended_ms - self->given_ms) / MS_PER_MIN));
  self->given_ms = ledger->extended_ms;
  if (self->page == JK_PAGE_ANSWERING)
    warn (self, before_ms);
}

/* What came in meanwhile, and is told once. */
static void
tell (JkDesk *self)
{
  guint n_faults = 0;

  while (self->messages->len > 0) {
    g_autofree char *text = g_ptr_array_steal_index (self->messages, 0);
    jk_desk_emit_text (self, JK_DESK_MESSAGE, text);
  }
  if (self->may_unlock) {
    self->may_unlock = FALSE;
    jk_desk_lock (self, FALSE);
  }
  jk_desk_drop_old_faults (self);
  while (jk_desk_get_fault (self, n_faults) != NULL)
    n_faults++;
  if (n_faults == self->n_faults)
    return;
  self->n_faults = n_faults;
  jk_desk_emit (self, JK_DESK_FAULTED);
}

/* Collected or moved: the page stays until somebody else comes. */
static gboolean
is_gone (const JkDesk *self)
{
  JkState state = self->sitting != NULL ? jk_sitting_get_state (self->sitting) : JK_STATE_NONE;

  return state == JK_STATE_COLLECTED || state == JK_STATE_MOVED;
}

/* Who is about to log in reads which sessions are here, and when they start; a proctor, what comes
 * next here. TRUE: that changed. */
static gboolean
look_at_sessions (JkDesk *self)
{
  guint before = self->shown_sessions;

  self->shown_sessions = is_gone (self) && jk_desk_is_copied (self);
  g_array_set_size (self->beside, 0);
  for (guint i = 0; i < self->seats->len; i++) {
    const JkSeat *seat = g_ptr_array_index (self->seats, i);
    JkDeskBeside beside = { jk_seat_get_session (seat), jk_seat_get_stage (seat) };
    guint seen =
        beside.stage * (JK_AMENDMENTS_MAX + 1) + jk_session_get_amendment_number (beside.session);
    self->shown_sessions = self->shown_sessions * JK_N_STAGES * (JK_AMENDMENTS_MAX + 1) + seen + 1;
    if (seat != self->seat)
      g_array_append_val (self->beside, beside);
  }
  self->stage = self->seat != NULL ? jk_seat_get_stage (self->seat) : JK_STAGE_LOADED;
  return (self->sitting == NULL || is_gone (self)) && self->shown_sessions != before;
}

JkStage
jk_desk_get_stage (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), JK_STAGE_LOADED);
  return self->stage;
}

const JkSession *
jk_desk_get_beside (JkDesk *self, JkStage stage, guint n)
{
  g_return_val_if_fail (JK_IS_DESK (self), NULL);

  for (guint i = 0; i < self->beside->len; i++) {
    const JkDeskBeside *beside = &g_array_index (self->beside, JkDeskBeside, i);
    if (beside->stage == stage && n-- == 0)
      return beside->session;
  }
  return NULL;
}

void
jk_desk_look (JkDesk *self)
{
  JkPage page = choose_page (self);
  gboolean is_told_anew = look_at_sessions (self);

  gboolean is_another = is_told_anew || page != self->page || self->shown_seat != self->seat ||
                        self->shown_sitting != self->sitting;

  if (is_another) {
    GBytes *photo = self->sitting != NULL ? jk_sitting_get_photo (self->sitting) : NULL;
    g_clear_pointer (&self->photo, g_bytes_unref);
    self->photo = photo != NULL ? g_bytes_ref (photo) : NULL;
  }
  jk_desk_situations_take (self->situations, self->seat);
  count_marks (self);
  set_uint (self, &self->save, judge_save (self), JK_DESK_PROP_SAVE);
  self->page = page;
  self->shown_seat = self->seat;
  self->shown_sitting = self->sitting;
  look_at_time (self);
  if (is_another)
    jk_desk_notify (self, JK_DESK_PROP_PAGE);
  tell (self);
}

static gboolean
is_due (gint64 *last_us, gint64 every_us)
{
  gint64 now_us = g_get_monotonic_time ();

  if (*last_us != 0 && now_us - *last_us < every_us)
    return FALSE;
  *last_us = now_us;
  return TRUE;
}

/* What a store refuses is seen in its state, and told from there. */
static void
tick_sittings (JkDesk *self)
{
  if (self->sitting != NULL && is_due (&self->looked_us, SITTING_EVERY_US))
    jk_sitting_tick (self->sitting, NULL);
}

static gboolean
tick_seat (JkDesk *self, gpointer data, GError **error)
{
  return jk_seat_tick (self->seat, error);
}

/* While somebody answers nothing waits for the disk; else the worker does. TRUE when it began. */
static gboolean
look_after_seat (JkDesk *self)
{
  if (self->seat == NULL || !is_due (&self->seat_looked_us, SEAT_EVERY_US))
    return FALSE;
  if (self->page == JK_PAGE_ANSWERING) {
    jk_seat_tick_hastily (self->seat, NULL);
    return FALSE;
  }
  jk_desk_work_quietly (self, tick_seat);
  return TRUE;
}

/* Sealing waits for the disk, so the worker does it, before a tick would. */
static gboolean
is_time_up (JkDesk *self)
{
  return self->page == JK_PAGE_ANSWERING && jk_sitting_get_left_ms (self->sitting) == 0 &&
         is_due (&self->hand_in_tried_us, HAND_IN_AGAIN_US);
}

static gboolean
take_mail (JkDesk *self, gpointer data, GError **error)
{
  jk_desk_take_mail (self);
  return TRUE;
}

gboolean
jk_desk_tick (gpointer user_data)
{
  JkDesk *self = user_data;

  if (self->n_busy > 0)
    return G_SOURCE_CONTINUE;
  if (is_time_up (self)) {
    jk_desk_hand_in_when_time_is_up (self);
    return G_SOURCE_CONTINUE;
  }
  if (self->page != JK_PAGE_ANSWERING || jk_sitting_get_left_ms (self->sitting) > 0)
    tick_sittings (self);
  if (look_after_seat (self))
    return G_SOURCE_CONTINUE;
  jk_desk_deliver_due (self);
  if (is_due (&self->inbox_looked_us, INBOX_EVERY_US))
    jk_desk_look_for_mail (self);
  if (self->mail != NULL) {
    jk_desk_work_quietly (self, take_mail);
    return G_SOURCE_CONTINUE;
  }
  jk_desk_choose_sitting (self);
  jk_desk_look (self);
  jk_desk_tell_stick (self);
  if (self->has_resumed) {
    self->has_resumed = FALSE;
    jk_desk_emit_number (self, JK_DESK_RESUMED, self->n_answered);
  }
  return G_SOURCE_CONTINUE;
}
