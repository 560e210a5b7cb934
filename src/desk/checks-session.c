/* SPDX-License-Identifier: Apache-2.0 */
/* desk/checks-session.c: the session that is shown, its bank, and the clock it will be held by. */
#include "desk/checks-private.h"

#include "base/error.h"

#include <string.h>

#define MIB (G_GUINT64_CONSTANT (1024) * 1024)
#define MS_PER_MIN 60000
#define NOTHING "–"

/* A PC is not checked longer than this before its session; a wrong zone is off by whole hours. */
#define EARLY_MIN 240

static const char *
get_name (const JkSeat *seat)
{
  return jk_session_get_name (jk_seat_get_session (seat));
}

static void
append_name (GString *out, const JkSeat *seat)
{
  g_string_append_printf (out,
                          "%s%s (%s)",
                          out->len > 0 ? ", " : "",
                          get_name (seat),
                          jk_session_get_hall (jk_seat_get_session (seat)));
}

/* The other sessions on this PC that are not over; "" when there are none. */
static char *
dup_others (const JkDesk *desk)
{
  GString *names = g_string_new (NULL);

  for (guint n = 0; n < desk->seats->len; n++) {
    const JkSeat *seat = g_ptr_array_index (desk->seats, n);
    if (seat != desk->seat && jk_seat_get_stage (seat) != JK_STAGE_ENDED)
      append_name (names, seat);
  }
  return g_string_free (names, FALSE);
}

/* What is to be looked at, though an exam can be held; NULL: nothing is. */
static char *
dup_session_notice (const JkDesk *desk)
{
  const JkSeat *seat = desk->seat;
  const char *fault = jk_seat_get_fault (seat, 0);
  g_autofree char *others = dup_others (desk);

  if (fault != NULL)
    return g_strdup (fault);
  if (jk_seat_get_stage (seat) == JK_STAGE_ENDED)
    return g_strdup_printf ("Session %s has ended on this PC: load the next one, if there is to be "
                            "one.",
                            get_name (seat));
  if (*others != '\0')
    return g_strdup_printf ("Beside session %s this PC has: %s; one is expected: look whether the "
                            "one shown is that of today.",
                            get_name (seat),
                            others);
  return NULL;
}

static void
add_session (GPtrArray *list, const JkDesk *desk)
{
  g_autoptr (GString) found = g_string_new (NULL);
  const char *fault = jk_seat_get_amendment_fault (desk->seat);
  char *sentence = fault != NULL ? g_strdup (fault) : dup_session_notice (desk);
  JkLight light = fault != NULL ? JK_LIGHT_RED : sentence != NULL ? JK_LIGHT_AMBER : JK_LIGHT_GREEN;

  append_name (found, desk->seat);
  jk_checks_add (list, JK_CHECK_SESSION, light, sentence, "%s", found->str);
}

static void
add_bank (GPtrArray *list, JkSeat *seat)
{
  guint64 bytes = jk_seat_measure_bank (seat);
  g_autofree char *size =
      bytes > 0 ? g_strdup_printf ("%.1f MiB", (double) bytes / (double) MIB) : g_strdup (NOTHING);
  g_autoptr (GError) error = NULL;
  char *sentence = NULL;

  if (!jk_seat_check_bank (seat, &error)) {
    gboolean is_missing = g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING);
    sentence =
        is_missing
            ? g_strdup_printf ("The question bank of session %s is not on this PC, and without it "
                               "nobody can start: load the .jkbank that came with the session.",
                               get_name (seat))
            : g_strdup_printf ("The question bank of session %s on this PC cannot be used: load "
                               "the .jkbank that came with the session again. (%s)",
                               get_name (seat),
                               error->message);
  }
  jk_checks_add (list,
                 JK_CHECK_BANK,
                 sentence == NULL ? JK_LIGHT_GREEN : JK_LIGHT_RED,
                 sentence,
                 "%s",
                 size);
}

/* "2021-04-24 08:55 UTC+08:00" */
static char *
dup_time (gint64 wall_ms, gint zone_min)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (zone_min * 60);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (wall_ms / 1000);
  g_autoptr (GDateTime) there = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return there != NULL ? g_date_time_format (there, "%Y-%m-%d %H:%M UTC%:z") : g_strdup ("?");
}

/* How far a clock is from that of another zone, for people. */
static char *
dup_zone (gint zone_min)
{
  guint minutes = (guint) ABS (zone_min);

  return g_strdup_printf ("UTC%c%02u:%02u", zone_min < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

typedef struct {
  /* Borrowed */
  const char *name, *now, *start;
  /* Plain */
  JkEntryVerdict verdict;
  gint zone_min, own_zone_min;
} Hours;

static char *
dup_clock_notice (const Hours *self)
{
  gint64 off_min = self->verdict.off_ms / MS_PER_MIN;
  g_autofree char *zone = dup_zone (self->zone_min);
  g_autofree char *own_zone = dup_zone (self->own_zone_min);

  if (self->verdict.is_date_wrong)
    return g_strdup_printf ("The clock of this PC says %s, and session %s starts at %s: look "
                            "whether this is the session of today and set the clock, or have two "
                            "proctors order “open-outside”.",
                            self->now,
                            self->name,
                            self->start);
  if (off_min > 0)
    return g_strdup_printf ("By the clock of this PC (%s) session %s started %" G_GINT64_FORMAT
                            " min ago: compare it with the clock of the hall and set it; if it is "
                            "right, who comes now may need the order “late”.",
                            self->now,
                            self->name,
                            off_min);
  if (self->own_zone_min != self->zone_min)
    return g_strdup_printf ("This PC is set to the zone %s, and session %s is held in %s: compare "
                            "%s with the clock of the hall; if it is hours off, set zone and clock "
                            "of this PC.",
                            own_zone,
                            self->name,
                            zone,
                            self->now);
  if (off_min < -EARLY_MIN)
    return g_strdup_printf ("By the clock of this PC (%s) session %s starts in %" G_GINT64_FORMAT
                            " min: compare it with the clock of the hall, and set it if it is "
                            "wrong.",
                            self->now,
                            self->name,
                            -off_min);
  return NULL;
}

static void
add_clock (GPtrArray *list, const JkDesk *desk, gint own_zone_min)
{
  const JkSession *session = jk_seat_get_session (desk->seat);
  gint zone_min = jk_session_get_policy (session)->zone_min;
  gint64 now_ms = desk->world->clock->wall_ms (desk->world->clock);
  g_autofree char *now = dup_time (now_ms, zone_min);
  Hours hours = {
    .name = jk_session_get_name (session),
    .now = now,
    .zone_min = zone_min,
    .own_zone_min = own_zone_min,
  };

  jk_seat_get_entry (desk->seat, &hours.verdict);
  g_autofree char *start = dup_time (now_ms - hours.verdict.off_ms, zone_min);
  hours.start = start;
  char *sentence = dup_clock_notice (&hours);
  JkLight light = hours.verdict.entry == JK_ENTRY_DATE_IS_WRONG ? JK_LIGHT_RED
                  : sentence != NULL                            ? JK_LIGHT_AMBER
                                                                : JK_LIGHT_GREEN;
  jk_checks_add (list, JK_CHECK_CLOCK, light, sentence, "%s", now);
}

static void
add_no_session (GPtrArray *list, const JkDesk *desk, gint own_zone_min)
{
  g_autofree char *now = dup_time (desk->world->clock->wall_ms (desk->world->clock), own_zone_min);

  jk_checks_add (list,
                 JK_CHECK_SESSION,
                 JK_LIGHT_RED,
                 g_strdup ("There is no session on this PC: load the .jksession of this hall."),
                 NOTHING);
  jk_checks_add (list,
                 JK_CHECK_BANK,
                 JK_LIGHT_AMBER,
                 g_strdup ("There is no session on this PC that says which question bank it needs: "
                           "load the .jksession of this hall, and its .jkbank."),
                 NOTHING);
  jk_checks_add (
      list,
      JK_CHECK_CLOCK,
      JK_LIGHT_AMBER,
      g_strdup_printf ("There is no session on this PC that says when it starts: compare "
                       "%s with the clock of the hall.",
                       now),
      "%s",
      now);
}

void
jk_checks_add_session (GPtrArray *list, JkDesk *desk, gint zone_min)
{
  if (desk->seat == NULL) {
    add_no_session (list, desk, zone_min);
    return;
  }
  add_session (list, desk);
  add_bank (list, desk->seat);
  add_clock (list, desk, zone_min);
}
