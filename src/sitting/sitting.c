/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/sitting.c: what a candidate does, as rows (P1, P2, P5, P11).
 *
 * State is what the replay says; nothing here remembers it a second time. */
#include "sitting/sitting-private.h"

#include "paper/answers.h"

JkSitting *
jk_sitting_new (const JkSittingPlace *place, guint32 record)
{
  JkSitting *self = g_new0 (JkSitting, 1);
  g_autofree char *folder = jk_sitting_dup_folder (place);

  self->place = *place;
  self->path = g_strdup_printf ("%s/%05u.jkjournal", folder, record);
  jk_sitting_look_at_clocks (self);
  return self;
}

char *
jk_sitting_dup_folder (const JkSittingPlace *place)
{
  return g_strdup_printf ("%s/%s-%s",
                          jk_station_get_folder (place->station),
                          jk_session_get_short_name (place->session),
                          jk_session_get_hall (place->session));
}

void
jk_sitting_free (JkSitting *self)
{
  if (self == NULL)
    return;
  jk_journal_free (self->journal);
  g_clear_pointer (&self->person_value, g_variant_unref);
  jk_paper_free (self->paper);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->result, g_bytes_unref);
  g_clear_pointer (&self->photo, g_bytes_unref);
  g_free (self->path);
  g_free (self);
}

const JkReplay *
jk_sitting_get_replay (const JkSitting *self)
{
  return jk_journal_get_replay (self->journal);
}

static const char *
get_standstill (JkState state)
{
  switch (state) {
  case JK_STATE_MOVED:
    return "This sitting was moved to another PC: it goes on there.";
  case JK_STATE_PAUSED:
    return "This sitting is paused: it goes on when the proctors resume it; the answers saved so "
           "far are safe.";
  default:
    return NULL;
  }
}

gboolean
jk_sitting_check_place (const JkSitting *self, JkEvent event, GError **error)
{
  JkState state = jk_sitting_get_state (self);
  const char *sentence = get_standstill (state);

  if (jk_state_next (state, event) >= 0)
    return TRUE;
  if (sentence != NULL)
    g_set_error_literal (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE, sentence);
  else
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_STATE,
                 "This sitting is %s: \"%s\" has no place now.",
                 jk_state_get_name (state),
                 jk_event_get_name (event));
  return FALSE;
}

guint64
jk_sitting_post (JkSitting *self,
                 JkEvent event,
                 const guint8 *payload,
                 gsize payload_size,
                 const JkSideEntry *side,
                 gsize n_side,
                 JkUrgency urgency,
                 GError **error)
{
  if (!jk_sitting_check_place (self, event, error))
    return 0;
  guint64 exam_ms = jk_sitting_get_exam_ms (self);
  guint64 ticket = jk_journal_post (self->journal,
                                    event,
                                    exam_ms,
                                    payload,
                                    payload_size,
                                    side,
                                    n_side,
                                    urgency,
                                    error);
  if (ticket != 0 && urgency == JK_JOURNAL_NOW)
    self->noted_exam_ms = self->busy_exam_ms = exam_ms;
  return ticket;
}

gboolean
jk_sitting_post_and_wait (JkSitting *self,
                          JkEvent event,
                          const guint8 *payload,
                          gsize payload_size,
                          const JkSideEntry *side,
                          gsize n_side,
                          GError **error)
{
  guint64 ticket =
      jk_sitting_post (self, event, payload, payload_size, side, n_side, JK_JOURNAL_NOW, error);
  return ticket != 0 && jk_journal_wait (self->journal, ticket, error);
}

guint64
jk_sitting_confirm (JkSitting *self, GError **error)
{
  if (!jk_sitting_notice_sleep (self, error))
    return 0;
  return jk_sitting_post (self, JK_EVENT_READY, NULL, 0, NULL, 0, JK_JOURNAL_NOW, error);
}

/* Paper and items as side entries; data stays owned by holder and names. */
static JkSideEntry *
list_entries (const JkOwnPaper *own, guint n, GPtrArray *holder, GPtrArray *names)
{
  JkSideEntry *entries = g_new0 (JkSideEntry, n + 1);

  for (guint i = 0; i <= n; i++) {
    GBytes *bytes = i < n ? jk_blob_dup_bytes (jk_own_paper_get_blob (own, i))
                          : jk_paper_to_bytes (jk_own_paper_get_paper (own));
    char *name = i < n ? g_strdup_printf ("item %u", i) : g_strdup ("paper");
    g_ptr_array_add (holder, bytes);
    g_ptr_array_add (names, name);
    entries[i].name = name;
    entries[i].data = g_bytes_get_data (bytes, &entries[i].size);
  }
  return entries;
}

static void
unref_bytes (gpointer data)
{
  g_bytes_unref (data);
}

static gboolean
post_started (JkSitting *self, const JkOwnPaper *own, GError **error)
{
  const JkPaper *paper = jk_own_paper_get_paper (own);
  guint n = jk_paper_get_n (paper);
  g_autoptr (GPtrArray) holder = g_ptr_array_new_with_free_func (unref_bytes);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree JkSideEntry *entries = list_entries (own, n, holder, names);
  JkStarted started = { .n_items = n };
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkDigest digest;

  started.allotted_ms = jk_sitting_get_allotted_ms (self);
  started.amendment = jk_session_get_amendment_number (self->place.session);
  jk_paper_get_digest (paper, &digest);
  memcpy (started.paper_digest, digest.bytes, JK_DIGEST_BYTES);
  gsize size = jk_payload_put_started (payload, &started);
  return jk_sitting_post_and_wait (self, JK_EVENT_STARTED, payload, size, entries, n + 1, error);
}

guint64
jk_sitting_start (JkSitting *self, const JkOwnPaper *own, GError **error)
{
  /* An earlier call got no further than this: the disk was full. */
  gboolean is_posted = self->paper == NULL && jk_sitting_get_state (self) == JK_STATE_RUNNING;
  guint64 last = jk_replay_get_n_rows (jk_sitting_get_replay (self));

  if (!jk_sitting_notice_sleep (self, error) ||
      !(is_posted ? jk_sitting_wait (self, last, error) : post_started (self, own, error)) ||
      !jk_sitting_load_paper (self, error))
    return 0;

  /* The candidate sees the first question now, not when the disk was asked. */
  jk_sitting_set_going (self);
  jk_sitting_look_at_clocks (self);
  jk_journal_idle (self->journal);
  return jk_replay_get_n_rows (jk_sitting_get_replay (self));
}

/* Whether a candidate may act: not held, not waiting, and time left. */
static gboolean
check_may_act (JkSitting *self, JkEvent event, GError **error)
{
  if (!jk_sitting_check_place (self, event, error) || !jk_sitting_notice_sleep (self, error))
    return FALSE;
  if (self->paper == NULL) {
    g_set_error_literal (error,
                         JK_SITTING_ERROR,
                         JK_SITTING_ERROR_STATE,
                         "This sitting is not on disk yet: call the proctor, and start again.");
    return FALSE;
  }
  if (self->is_held) {
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_PROCTOR,
                 "This sitting was interrupted for longer, or more often, than the rules of the "
                 "session allow: a proctor must let it go on; the answers saved so far are safe.");
    return FALSE;
  }
  if (jk_sitting_is_waiting (self)) {
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_STATE,
                 "This sitting came from another PC and stands still: go on first.");
    return FALSE;
  }
  if (jk_sitting_get_left_ms (self) == 0) {
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_STATE,
                 "The time of this sitting is up: the answers saved so far are handed in.");
    return FALSE;
  }
  return TRUE;
}

static guint64
post_mark (JkSitting *self,
           JkEvent event,
           guint position,
           guint16 mask,
           JkUrgency urgency,
           GError **error)
{
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkMark mark = { .mask = mask };

  if (!check_may_act (self, event, error))
    return 0;
  if (position >= jk_paper_get_n (self->paper) ||
      (event == JK_EVENT_ANSWERED &&
       (mask == 0 || !jk_answers_is_valid (self->paper, position, mask)))) {
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_ARGUMENT,
                 "Question %u of %u has no such answer.",
                 position + 1,
                 jk_paper_get_n (self->paper));
    return 0;
  }
  mark.position = (guint16) position;
  gsize size = jk_payload_put_mark (payload, &mark);
  return jk_sitting_post (self, event, payload, size, NULL, 0, urgency, error);
}

guint64
jk_sitting_answer (JkSitting *self, guint position, guint16 mask, GError **error)
{
  return post_mark (self, JK_EVENT_ANSWERED, position, mask, JK_JOURNAL_NOW, error);
}

guint64
jk_sitting_clear (JkSitting *self, guint position, GError **error)
{
  return post_mark (self, JK_EVENT_CLEARED, position, 0, JK_JOURNAL_NOW, error);
}

guint64
jk_sitting_flag (JkSitting *self, guint position, gboolean flagged, GError **error)
{
  return post_mark (self, JK_EVENT_FLAGGED, position, flagged ? 1 : 0, JK_JOURNAL_NOW, error);
}

guint64
jk_sitting_visit (JkSitting *self, guint position, GError **error)
{
  return post_mark (self, JK_EVENT_VISITED, position, 0, JK_JOURNAL_LAZY, error);
}

guint64
jk_sitting_note_focus (JkSitting *self, JkFocusKind kind, GError **error)
{
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkMark mark = { .position = (guint16) jk_sitting_get_position (self), .mask = (guint16) kind };

  g_return_val_if_fail (kind >= JK_FOCUS_LOST && kind <= JK_FOCUS_DISPLAYS, 0);
  if (!jk_sitting_check_place (self, JK_EVENT_FOCUS, error) ||
      !jk_sitting_notice_sleep (self, error))
    return 0;
  gsize size = jk_payload_put_mark (payload, &mark);
  return jk_sitting_post (self, JK_EVENT_FOCUS, payload, size, NULL, 0, JK_JOURNAL_LAZY, error);
}

JkState
jk_sitting_get_state (const JkSitting *self)
{
  return jk_replay_get_state (jk_sitting_get_replay (self));
}

const JkPerson *
jk_sitting_get_person (const JkSitting *self)
{
  return &self->person;
}

GBytes *
jk_sitting_get_photo (const JkSitting *self)
{
  return self->photo;
}

const JkPaper *
jk_sitting_get_paper (const JkSitting *self)
{
  return self->paper;
}

const JkBlob *
jk_sitting_get_item (const JkSitting *self, guint position)
{
  if (self->items == NULL)
    return NULL;
  g_return_val_if_fail (position < self->items->len, NULL);
  return g_ptr_array_index (self->items, position);
}

guint16
jk_sitting_get_answer (const JkSitting *self, guint position)
{
  return jk_replay_get_answer (jk_sitting_get_replay (self), position);
}

gboolean
jk_sitting_is_flagged (const JkSitting *self, guint position)
{
  return jk_replay_is_flagged (jk_sitting_get_replay (self), position);
}

guint
jk_sitting_get_position (const JkSitting *self)
{
  return jk_replay_get_position (jk_sitting_get_replay (self));
}

gboolean
jk_sitting_is_held (const JkSitting *self)
{
  return self->is_held;
}

gboolean
jk_sitting_has_left_early (const JkSitting *self)
{
  return jk_sitting_get_state (self) == JK_STATE_MOVED &&
         jk_replay_get_started (jk_sitting_get_replay (self)) == NULL;
}

gboolean
jk_sitting_is_waiting (const JkSitting *self)
{
  return jk_replay_is_waiting (jk_sitting_get_replay (self));
}

guint32
jk_sitting_get_restarts (const JkSitting *self)
{
  return jk_replay_get_restarts (jk_sitting_get_replay (self));
}

guint64
jk_sitting_get_resumed_exam_ms (const JkSitting *self)
{
  return self->resumed_exam_ms;
}

guint64
jk_sitting_get_acknowledged (const JkSitting *self)
{
  return jk_journal_get_acknowledged (self->journal);
}

gboolean
jk_sitting_wait (JkSitting *self, guint64 ticket, GError **error)
{
  return jk_journal_wait (self->journal, ticket, error);
}

JkJournal *
jk_sitting_get_journal (JkSitting *self)
{
  return self->journal;
}

JkStoreState
jk_sitting_get_store_state (const JkSitting *self)
{
  return jk_journal_get_store_state (self->journal);
}

gboolean
jk_sitting_set_second_copy (JkSitting *self, const char *folder, GError **error)
{
  return jk_journal_set_second (self->journal, folder, error);
}

JkSecondState
jk_sitting_get_second_state (const JkSitting *self, char **out_sentence)
{
  return jk_journal_get_second_state (self->journal, out_sentence);
}

const char *
jk_store_state_get_sentence (JkStoreState state)
{
  switch (state) {
  case JK_STORE_FULL:
    return "Your answers are kept, and will be saved as soon as this PC has room: go on, and raise "
           "your hand.";
  case JK_STORE_FAILED:
    return "This PC cannot save now. Every answer shown as saved is safe: raise your hand.";
  default:
    return NULL;
  }
}

GBytes *
jk_sitting_get_result (const JkSitting *self)
{
  return self->result;
}

guint32
jk_sitting_get_seal_number (const JkSitting *self)
{
  const JkHandedIn *handed_in = jk_replay_get_handed_in (jk_sitting_get_replay (self));
  return handed_in != NULL ? handed_in->seal_number : 0;
}

const JkDigest *
jk_sitting_get_handed_in_link (const JkSitting *self)
{
  return jk_replay_get_handed_in_link (jk_sitting_get_replay (self));
}
