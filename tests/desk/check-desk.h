/* SPDX-License-Identifier: Apache-2.0 */
/* tests/desk/check-desk.h: a desk with a rehearsal in its inbox, and what people do at it. */
#pragma once

#include "crypto/guard.h"
#include "desk/desk.h"
#include "desk/error.h"
#include "result/receipt.h"
#include "session/error.h"
#include "sitting/error.h"
#include "support/exam.h"
#include "support/orders.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define MS_PER_MIN 60000
#define S_PER_MIN 60
#define NINE_OF_CLOCK_MS G_GINT64_CONSTANT (1619226000000)
#define WAIT_US (20 * G_USEC_PER_SEC)

/* The error is of this domain and code, and is cleared. */
#define assert_error(error, wanted_domain, wanted_code)                                            \
  do {                                                                                             \
    assert_non_null (error);                                                                       \
    if (!g_error_matches (error, wanted_domain, (int) (wanted_code)))                              \
      fail_msg ("%s", (error)->message);                                                           \
    g_clear_error (&(error));                                                                      \
  } while (0)

#define assert_ok(error)                                                                           \
  do {                                                                                             \
    GError *found = error;                                                                         \
    if (found != NULL)                                                                             \
      fail_msg ("%s", found->message);                                                             \
  } while (0)

typedef struct {
  /* Owned */
  JkTestFolder *folder;
  JkDesk *desk;
  GString *heard; /* the signals, one line each */
  /* Borrowed */
  const JkTestExam *exam;
  JkTestClock *clock;
  /* Plain */
  JkDeskPlace place;
  guint64 counter;
} Fixture;

/* How a call ended. */
typedef struct {
  /* Owned */
  GError *error;
  /* Plain */
  gboolean is_done, ok;
} Ended;

static inline int
check_build_exam (void **state)
{
  const JkTestExamOptions options = { .n_second = 2, .rehearsal = TRUE };

  if (!jk_guard_init (NULL))
    return -1;
  *state = jk_test_exam_new_with (&options);
  return 0;
}

static inline int
check_free_exam (void **state)
{
  jk_test_exam_free (*state);
  return 0;
}

/* Copies a file into the inbox. */
static inline void
arrive (Fixture *self, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *in = g_build_filename ("inbox", name, NULL);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  assert_ok (error);
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, size);
  g_autofree char *there = jk_test_folder_put (self->folder, in, bytes);
}

static inline void
hear_warned (JkDesk *desk, guint minutes, Fixture *self)
{
  g_string_append_printf (self->heard, "warned %u\n", minutes);
}

static inline void
hear_extended (JkDesk *desk, guint minutes, Fixture *self)
{
  g_string_append_printf (self->heard, "extended %u\n", minutes);
}

static inline void
hear_message (JkDesk *desk, const char *text, Fixture *self)
{
  g_string_append_printf (self->heard, "message %s\n", text);
}

static inline void
hear_resumed (JkDesk *desk, guint answered, Fixture *self)
{
  g_string_append_printf (self->heard, "resumed %u\n", answered);
}

static inline void
hear_called (JkDesk *desk, Fixture *self)
{
  g_string_append_printf (self->heard, "called %d\n", jk_desk_is_calling (desk));
}

static inline JkDesk *
open_desk (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  self->desk = jk_desk_new (&self->place, &error);
  assert_ok (error);
  g_signal_connect (self->desk, "warned", G_CALLBACK (hear_warned), self);
  g_signal_connect (self->desk, "extended", G_CALLBACK (hear_extended), self);
  g_signal_connect (self->desk, "message", G_CALLBACK (hear_message), self);
  g_signal_connect (self->desk, "resumed", G_CALLBACK (hear_resumed), self);
  g_signal_connect (self->desk, "called", G_CALLBACK (hear_called), self);
  return self->desk;
}

static inline void
close_desk (Fixture *self)
{
  if (self->desk != NULL)
    jk_desk_close (self->desk);
  g_clear_object (&self->desk);
}

/* The program ends and is started again. */
static inline void
restart (Fixture *self)
{
  close_desk (self);
  open_desk (self);
}

static inline int
set_up (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);
  const JkTestExam *exam = *state;

  self->exam = exam;
  self->clock = jk_test_world_get_clock (jk_test_exam_get_fakes (exam));
  jk_test_clock_set_wall_ms (self->clock, NINE_OF_CLOCK_MS - 5 * MS_PER_MIN);
  self->folder = jk_test_folder_new ();
  self->heard = g_string_new (NULL);
  g_autofree char *inbox = jk_test_folder_dup_path (self->folder, "inbox");
  g_assert_no_errno (g_mkdir (inbox, 0700));
  self->place = (JkDeskPlace){
    .world = jk_test_exam_get_world (exam),
    .store = jk_test_folder_dup_path (self->folder, "store"),
    .inbox = g_steal_pointer (&inbox),
    .authorities = jk_test_exam_get_authorities_path (exam),
    .hardware = "test PC",
  };
  *state = self;
  return 0;
}

static inline int
tear_down (void **state)
{
  Fixture *self = *state;

  close_desk (self);
  g_free ((char *) self->place.store);
  g_free ((char *) self->place.inbox);
  g_string_free (self->heard, TRUE);
  jk_test_folder_free (self->folder);
  g_free (self);
  return 0;
}

static inline void
ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Ended *self = user_data;

  self->ok = jk_desk_finish (JK_DESK (source), result, &self->error);
  self->is_done = TRUE;
}

/* Until the call has ended; its error, or NULL. */
static inline GError *
await (Ended *self)
{
  while (!self->is_done)
    g_main_context_iteration (NULL, TRUE);
  assert_int_equal (self->ok, self->error == NULL);
  return self->error;
}

/* Lets the desk follow until it is at this page. */
static inline void
await_page (Fixture *self, JkPage page)
{
  gint64 end_us = g_get_monotonic_time () + WAIT_US;

  while (jk_desk_get_page (self->desk) != page && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  assert_string_equal (jk_page_get_name (jk_desk_get_page (self->desk)), jk_page_get_name (page));
}

static inline void
await_save (Fixture *self, JkSave save)
{
  gint64 end_us = g_get_monotonic_time () + WAIT_US;

  while (jk_desk_get_save (self->desk) != save && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  assert_int_equal (jk_desk_get_save (self->desk), save);
}

/* Until a line is among the signals heard. */
static inline void
await_heard (Fixture *self, const char *line)
{
  gint64 end_us = g_get_monotonic_time () + WAIT_US;

  while (strstr (self->heard->str, line) == NULL && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  assert_non_null (strstr (self->heard->str, line));
}

/* Until a sentence for the proctor holds this. */
static inline void
await_fault (Fixture *self, const char *text)
{
  gint64 end_us = g_get_monotonic_time () + WAIT_US;
  gboolean is_there = FALSE;

  while (!is_there && g_get_monotonic_time () < end_us) {
    const char *fault;
    g_main_context_iteration (NULL, TRUE);
    for (guint n = 0; (fault = jk_desk_get_fault (self->desk, n)) != NULL; n++)
      is_there = is_there || strstr (fault, text) != NULL;
  }
  assert_true (is_there);
}

/* The desk follows for so long. */
static inline void
follow_ms (guint ms)
{
  gint64 end_us = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
}

static inline void
open_room (Fixture *self)
{
  Ended how = { 0 };

  arrive (self, jk_test_exam_get_session_path (self->exam, 0));
  arrive (self, jk_test_exam_get_bank_path (self->exam));
  open_desk (self);
  jk_desk_open_room_async (self->desk, jk_test_exam_get_room_code (self->exam, 0), ended, &how);
  assert_ok (await (&how));
}

static inline GError *
log_in (Fixture *self, guint n)
{
  const JkTestCandidate *candidate = jk_test_exam_get_candidate (self->exam, n);
  Ended how = { 0 };

  jk_desk_log_in_async (self->desk, candidate->admission, candidate->id_number, ended, &how);
  return await (&how);
}

static inline GError *
start (Fixture *self, const char *code)
{
  Ended how = { 0 };

  jk_desk_start_async (self->desk, code, NULL, ended, &how);
  return await (&how);
}

/* Opened, logged in, confirmed and started. */
static inline void
begin (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  open_room (self);
  assert_ok (log_in (self, 0));
  assert_true (jk_desk_confirm (self->desk, &error));
  assert_ok (start (self, jk_test_exam_get_start_code (self->exam)));
}

static inline GError *
hand_in (Fixture *self)
{
  Ended how = { 0 };

  jk_desk_hand_in_async (self->desk, ended, &how);
  return await (&how);
}

static inline void
choose (Fixture *self, guint position, guint place)
{
  g_autoptr (GError) error = NULL;

  assert_true (jk_desk_choose (self->desk, position, place, &error));
  assert_ok (error);
}

static inline guint
chosen (Fixture *self, guint position)
{
  return jk_desk_item_get_chosen (jk_desk_get_item (self->desk, position));
}

/* An order of both proctors lies in the inbox. */
static inline void
send_terms (Fixture *self, const JkOrderTerms *terms)
{
  g_autofree char *name = g_strdup_printf ("inbox/%02u.jkorder", (guint) terms->counter);
  g_autoptr (GBytes) bytes =
      jk_test_order_sign (self->exam, 0, terms, JK_ROLE_CHIEF, JK_ROLE_PROCTOR);
  g_autofree char *path = jk_test_folder_put (self->folder, name, bytes);
}

static inline JkOrderTerms
terms_of (Fixture *self, JkAct act)
{
  JkOrderTerms terms;

  jk_test_order_init (&terms, self->exam, 0, act, ++self->counter, NULL);
  terms.record = jk_test_exam_get_candidate (self->exam, 0)->record;
  return terms;
}

static inline void
send (Fixture *self, JkAct act)
{
  JkOrderTerms terms = terms_of (self, act);

  send_terms (self, &terms);
}
