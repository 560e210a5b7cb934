/* SPDX-License-Identifier: Apache-2.0 */
/* session/source.c: session.ini and what it names, all faults of all files in one run.
 *
 * "Today" for the checks of ID numbers is the day of the exam, not the PC's: what hour it is no PC
 * knows (P5), and the same files must give the same session anywhere (P3). */
#include "session/source.h"

#include "base/ini.h"
#include "base/limits.h"
#include "base/text.h"

#include <string.h>

#define GROUP "session"
#define BUILD_MAX 9999
#define BATCH_MAX 9999
#define STARTS_LENGTH 16

struct _JkSessionSource {
  /* Owned */
  char *name;
  char *starts;
  char *policy_text;
  char *blueprint_text;
  char *excerpt_text;
  JkPlan *plan;
  JkBlueprint *blueprint;
  JkRoster *roster;
  JkPhotoFolder *photos; /* NULL: session.ini names none */
  /* Borrowed, from plan */
  const JkPlanBatch *batch;
  /* Plain */
  JkPolicy policy;
  guint build_number;
  guint n_start_codes;
  gboolean rehearsal;
};

/* What a load needs beside its result. */
typedef struct {
  /* Borrowed */
  const char *folder;
  const JkWorld *world;
  JkReport *report;
  JkIni *ini;
} Load;

/* Names and halls become parts of file names on disks of every make. */
static gboolean
is_file_name_part (const char *text)
{
  gsize size = strlen (text);

  if (size < 1 || size > JK_ID_BYTES_MAX || !g_utf8_validate (text, (gssize) size, NULL))
    return FALSE;
  if (text[0] == '.' || text[0] == '-' || text[0] == ' ' || text[size - 1] == ' ' ||
      text[size - 1] == '.')
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isprint (g_utf8_get_char (at)) || strchr ("\\/:*?\"<>|", *at) != NULL)
      return FALSE;
  return TRUE;
}

guint
jk_starts_get_day (const char *starts)
{
  static const char form[STARTS_LENGTH + 1] = "0000-00-00T00:00";

  if (strlen (starts) != STARTS_LENGTH)
    return 0;
  for (gsize i = 0; i < STARTS_LENGTH; i++)
    if (form[i] == '0' ? !g_ascii_isdigit (starts[i]) : starts[i] != form[i])
      return 0;

  guint year = (guint) g_ascii_strtoull (starts, NULL, 10);
  guint month = (guint) g_ascii_strtoull (starts + 5, NULL, 10);
  guint day = (guint) g_ascii_strtoull (starts + 8, NULL, 10);
  guint hour = (guint) g_ascii_strtoull (starts + 11, NULL, 10);
  guint minute = (guint) g_ascii_strtoull (starts + 14, NULL, 10);
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year) || hour > 23 ||
      minute > 59)
    return 0;
  return year * 10000 + month * 100 + day;
}

static char *
dup_path (const Load *load, const char *named)
{
  return g_path_is_absolute (named) ? g_strdup (named)
                                    : g_build_filename (load->folder, named, NULL);
}

/* The path that a key names, and the bytes there; NULL after reporting. */
static GBytes *
load_bytes (Load *load, const char *key, char **out_path)
{
  g_autofree char *named = jk_ini_dup_text (load->ini, GROUP, key);
  g_autoptr (GError) error = NULL;
  if (*named == '\0')
    return NULL;

  g_autofree char *path = dup_path (load, named);
  GBytes *bytes = jk_storage_read (load->world->storage, path, JK_TEXT_FILE_BYTES_MAX, &error);
  if (bytes == NULL) {
    jk_report_add_error (load->report, path, error);
    return NULL;
  }
  *out_path = g_steal_pointer (&path);
  return bytes;
}

static char *
load_text (Load *load, const char *key, char **out_path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = load_bytes (load, key, out_path);
  if (bytes == NULL)
    return NULL;

  char *text = jk_text_from_bytes (*out_path, bytes, &error);
  if (text == NULL)
    jk_report_add_error (load->report, *out_path, error);
  return text;
}

/* Whether one code starts the exam or two halves do: 1 or 2. */
static guint
load_start_code (JkIni *ini)
{
  g_autofree char *start_code = jk_ini_dup_optional_text (ini, GROUP, "start-code");

  if (start_code == NULL || g_str_equal (start_code, "whole"))
    return 1;
  if (!g_str_equal (start_code, "halves"))
    jk_ini_fault (ini,
                  GROUP,
                  "start-code",
                  "whole or halves",
                  "the start code is “%s”",
                  start_code);
  return JK_START_CODES_MAX;
}

/* The plain values of session.ini; gives the day of the exam, 0 after reporting. */
static guint
load_values (Load *load, JkSessionSource *self)
{
  JkIni *ini = load->ini;
  g_autofree char *subject = jk_ini_dup_text (ini, GROUP, "subject");

  self->name = jk_ini_dup_text (ini, GROUP, "name");
  self->starts = jk_ini_dup_text (ini, GROUP, "starts");
  self->rehearsal = jk_ini_get_boolean (ini, GROUP, "rehearsal", FALSE);
  self->build_number = (guint) jk_ini_get_optional_integer (ini, GROUP, "build", 1, BUILD_MAX, 1);
  self->n_start_codes = load_start_code (ini);
  if (*self->name != '\0' && !is_file_name_part (self->name))
    jk_ini_fault (ini,
                  GROUP,
                  "name",
                  "1 to 64 bytes that can stand in a file name: none of \\ / : * ? \" < > |, no "
                  "blank or dot at either end",
                  "the name is “%s”",
                  self->name);
  if (*subject != '\0' && !g_str_equal (subject, "theory"))
    jk_ini_fault (ini, GROUP, "subject", "theory", "the subject is “%s”", subject);
  guint day = jk_starts_get_day (self->starts);
  if (*self->starts != '\0' && day == 0)
    jk_ini_fault (ini,
                  GROUP,
                  "starts",
                  "day and hour as 2021-04-24T09:00",
                  "the start is “%s”",
                  self->starts);
  return day;
}

/* Whether the batch that session.ini names can be examined on this day. */
static void
check_batch (Load *load, JkSessionSource *self, gint64 number, guint day)
{
  if (self->batch == NULL) {
    jk_ini_fault (load->ini,
                  GROUP,
                  "batch",
                  "the number of a batch of the plan",
                  "the plan has no batch %" G_GINT64_FORMAT,
                  number);
    return;
  }
  if (self->rehearsal)
    return;
  if (self->batch->status == JK_BATCH_CANCELLED)
    jk_ini_fault (load->ini,
                  GROUP,
                  "batch",
                  "a batch that takes place",
                  "batch %u of the plan is cancelled",
                  self->batch->number);
  if (day != 0 && day != self->batch->date) {
    g_autofree char *found =
        g_strdup_printf ("the session starts on %u, batch %u of the plan is on %u",
                         day,
                         self->batch->number,
                         self->batch->date);
    jk_report_add (load->report,
                   JK_FINDING_NOTICE,
                   jk_ini_get_file (load->ini),
                   "[session] starts",
                   found,
                   "the same day",
                   "check the date, or have the plan changed");
  }
}

static void
load_plan (Load *load, JkSessionSource *self, guint day)
{
  g_autofree char *path = NULL;
  g_autofree char *text = load_text (load, "plan", &path);
  gint64 number = jk_ini_get_integer (load->ini, GROUP, "batch", 1, BATCH_MAX);

  if (text == NULL)
    return;
  self->plan = jk_plan_parse (path, text, load->report);
  if (self->plan == NULL)
    return;
  self->batch = jk_plan_find_batch (self->plan, (guint) number);
  check_batch (load, self, number, day);
}

static void
load_policy (Load *load, JkSessionSource *self)
{
  g_autofree char *path = NULL;

  self->policy_text = load_text (load, "policy", &path);
  if (self->policy_text != NULL)
    jk_policy_parse (path, self->policy_text, load->report, &self->policy);
}

static void
load_blueprint (Load *load, JkSessionSource *self)
{
  g_autofree char *path = NULL;

  self->blueprint_text = load_text (load, "blueprint", &path);
  if (self->blueprint_text == NULL)
    return;
  self->blueprint = jk_blueprint_parse (path, self->blueprint_text, load->report);
  if (self->blueprint == NULL || self->batch == NULL)
    return;
  if (jk_blueprint_get_level (self->blueprint) != self->batch->level)
    jk_ini_fault (load->ini,
                  GROUP,
                  "blueprint",
                  "the same level",
                  "the blueprint is for level %u, batch %u is of level %u",
                  jk_blueprint_get_level (self->blueprint),
                  self->batch->number,
                  self->batch->level);
}

static void
check_halls (Load *load, const char *path, const JkRoster *roster)
{
  const char *const *halls = jk_roster_get_halls (roster);
  guint n;

  for (n = 0; halls[n] != NULL; n++) {
    if (is_file_name_part (halls[n]))
      continue;
    g_autofree char *found = g_strdup_printf ("there is a hall “%s”", halls[n]);
    jk_report_add (load->report,
                   JK_FINDING_FAULT,
                   path,
                   "",
                   found,
                   "names of halls of 1 to 64 bytes that can stand in a file name: none of "
                   "\\ / : * ? \" < > |, no blank or dot at either end",
                   "rename the hall");
  }
  if (n < 1 || n > JK_HALLS_MAX) {
    g_autofree char *found = g_strdup_printf ("there are candidates in %u halls", n);
    g_autofree char *expected = g_strdup_printf ("1 to %u halls", JK_HALLS_MAX);
    jk_report_add (load->report,
                   JK_FINDING_FAULT,
                   path,
                   "",
                   found,
                   expected,
                   "list the candidates of this session");
  }
}

/* Rehearsals take anybody; a cancelled batch is a fault of its own, and nobody is late for it. A
 * batch that was moved has the deadline that the plan gives it now. */
static guint
find_deadline (const JkSessionSource *self)
{
  if (self->batch == NULL || self->rehearsal || self->batch->status == JK_BATCH_CANCELLED)
    return 0;
  return self->batch->deadline;
}

/* roster_file is where findings about people are. */
static void
load_photos (Load *load, JkSessionSource *self, const char *roster_file)
{
  g_autofree char *named = jk_ini_dup_optional_text (load->ini, GROUP, "photos");

  if (named == NULL)
    return;
  g_autofree char *path = dup_path (load, named);
  self->photos =
      jk_photo_folder_load (load->world->storage, path, self->roster, roster_file, load->report);
}

static void
parse_roster (Load *load, JkSessionSource *self, const char *path, GBytes *bytes, guint day)
{
  /* Without its level the plan's paths cannot be checked; that fault is reported already. */
  self->roster = jk_roster_parse (path,
                                  bytes,
                                  self->batch != NULL ? self->plan : NULL,
                                  self->batch != NULL ? self->batch->level : 0,
                                  day,
                                  find_deadline (self),
                                  load->report);
  if (self->roster != NULL)
    check_halls (load, path, self->roster);
}

static void
load_people (Load *load, JkSessionSource *self, guint day)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = load_bytes (load, "roster", &path);

  if (bytes != NULL)
    parse_roster (load, self, path, bytes, day);
  load_photos (load, self, path);
}

static void
load_all (Load *load, JkSessionSource *self)
{
  guint day = load_values (load, self);

  load_plan (load, self, day);
  load_policy (load, self);
  load_blueprint (load, self);
  load_people (load, self, day);
  jk_ini_finish (load->ini);
}

static char *
read_ini (const JkWorld *world, const char *path, JkReport *report)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = jk_storage_read (world->storage, path, JK_TEXT_FILE_BYTES_MAX, &error);
  char *text = bytes != NULL ? jk_text_from_bytes (path, bytes, &error) : NULL;

  if (text == NULL)
    jk_report_add_error (report, path, error);
  return text;
}

JkSessionSource *
jk_session_source_load (const JkWorld *world, const char *ini_path, JkReport *report)
{
  g_return_val_if_fail (world != NULL, NULL);
  g_return_val_if_fail (ini_path != NULL, NULL);
  g_return_val_if_fail (report != NULL, NULL);

  guint n_before = jk_report_get_n_faults (report);
  g_autofree char *text = read_ini (world, ini_path, report);
  if (text == NULL)
    return NULL;
  g_autoptr (JkIni) ini = jk_ini_parse (ini_path, text, report);
  if (ini == NULL)
    return NULL;

  g_autoptr (JkSessionSource) self = g_new0 (JkSessionSource, 1);
  g_autofree char *folder = g_path_get_dirname (ini_path);
  Load load = { .folder = folder, .world = world, .report = report, .ini = ini };
  load_all (&load, self);
  if (jk_report_get_n_faults (report) > n_before)
    return NULL;
  g_assert (self->plan != NULL && self->batch != NULL && self->blueprint != NULL &&
            self->roster != NULL);
  self->excerpt_text = jk_excerpt_dup_text (self->plan, self->batch);
  return g_steal_pointer (&self);
}

void
jk_session_source_free (JkSessionSource *self)
{
  if (self == NULL)
    return;
  jk_photo_folder_free (self->photos);
  jk_roster_free (self->roster);
  jk_blueprint_free (self->blueprint);
  jk_plan_free (self->plan);
  g_free (self->excerpt_text);
  g_free (self->blueprint_text);
  g_free (self->policy_text);
  g_free (self->starts);
  g_free (self->name);
  g_free (self);
}

const char *
jk_session_source_get_name (const JkSessionSource *self)
{
  return self->name;
}

const char *
jk_session_source_get_starts (const JkSessionSource *self)
{
  return self->starts;
}

gboolean
jk_session_source_is_rehearsal (const JkSessionSource *self)
{
  return self->rehearsal;
}

guint
jk_session_source_get_build_number (const JkSessionSource *self)
{
  return self->build_number;
}

guint
jk_session_source_get_n_start_codes (const JkSessionSource *self)
{
  return self->n_start_codes;
}

const JkPlan *
jk_session_source_get_plan (const JkSessionSource *self)
{
  return self->plan;
}

const JkPlanBatch *
jk_session_source_get_batch (const JkSessionSource *self)
{
  return self->batch;
}

const char *
jk_session_source_get_policy_text (const JkSessionSource *self)
{
  return self->policy_text;
}

const char *
jk_session_source_get_blueprint_text (const JkSessionSource *self)
{
  return self->blueprint_text;
}

const char *
jk_session_source_get_excerpt_text (const JkSessionSource *self)
{
  return self->excerpt_text;
}

const JkBlueprint *
jk_session_source_get_blueprint (const JkSessionSource *self)
{
  return self->blueprint;
}

const JkRoster *
jk_session_source_get_roster (const JkSessionSource *self)
{
  return self->roster;
}

const JkPhotoFolder *
jk_session_source_get_photos (const JkSessionSource *self)
{
  return self->photos;
}
