/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-sit.c: sit: the whole way of one candidate on this PC, without a window. */
#include "result/receipt.h"
#include "result/result.h"
#include "session/error.h"
#include "sitting/error.h"
#include "tool/candidate.h"
#include "tool/commands.h"
#include "tool/fast-clock.h"
#include "tool/inputs.h"
#include "tool/options.h"
#include "tool/output.h"
#include "tool/sit-move.h"

#define RECORD_NONE (-1)

/* A clock that runs faster than this would overflow on a PC that is on for some years. */
#define SPEED_MAX 100000

typedef struct {
  /* Owned */
  char *session;
  char **amendments;
  char *bank;
  char *store;
  char *authorities;
  char *out;
  char *secrets;
  char *answers;
  char *hardware;
  char *capsule;
  char *arrive;
  char *move_order;
  char *role;
  char **orders;
  /* Plain */
  int seed;
  int minutes;
  int speed;
  int rounds;
  int resume;
  gboolean wrong;
  gboolean ticks;
} SitOptions;

static void
sit_options_clear (SitOptions *self)
{
  g_free (self->session);
  g_strfreev (self->amendments);
  g_free (self->bank);
  g_free (self->store);
  g_free (self->authorities);
  g_free (self->out);
  g_free (self->secrets);
  g_free (self->answers);
  g_free (self->hardware);
  g_free (self->capsule);
  g_free (self->arrive);
  g_free (self->move_order);
  g_free (self->role);
  g_strfreev (self->orders);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SitOptions, sit_options_clear)

/* One log-in: what the candidate and the room type. */
typedef struct {
  /* Owned */
  JkSecret *record_key;
  JkRecord *record;
} LogIn;

static void
log_in_clear (LogIn *self)
{
  jk_secret_free (self->record_key);
  jk_record_free (self->record);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LogIn, log_in_clear)

static gboolean
log_in (const JkSession *session, const JkSecrets *secrets, LogIn *out, GError **error)
{
  g_autoptr (JkSecret) room = NULL;
  g_autoptr (JkSecret) roster_key = NULL;
  g_autoptr (JkSecret) admission = NULL;
  g_autoptr (JkSecret) id_number = NULL;

  room = jk_secrets_dup_text (secrets, "room-code", "Room code", error);
  if (room == NULL)
    return FALSE;
  roster_key = jk_session_open_room (session, (const char *) jk_secret_get (room), error);
  if (roster_key == NULL)
    return FALSE;
  admission = jk_secrets_dup_text (secrets, "admission", "Admission number", error);
  if (admission == NULL)
    return FALSE;
  id_number = jk_secrets_dup_text (secrets, "id-number", "ID number", error);
  if (id_number == NULL)
    return FALSE;
  out->record = jk_session_log_in (session,
                                   roster_key,
                                   (const char *) jk_secret_get (admission),
                                   (const char *) jk_secret_get (id_number),
                                   &out->record_key,
                                   error);
  return out->record != NULL;
}

static JkSecret *
open_start (const JkSession *session, const JkSecrets *secrets, GError **error)
{
  gboolean is_whole = jk_session_get_n_start_codes (session) == 1;
  g_autoptr (JkSecret) first = NULL;
  g_autoptr (JkSecret) second = NULL;

  first = jk_secrets_dup_text (secrets,
                               "start-code",
                               is_whole ? "Start code" : "First half of the start code (主考)",
                               error);
  if (first == NULL)
    return NULL;
  if (is_whole)
    return jk_session_open_start (session, (const char *) jk_secret_get (first), NULL, error);
  second =
      jk_secrets_dup_text (secrets, "start-code-2", "Second half of the start code (监考)", error);
  if (second == NULL)
    return NULL;
  return jk_session_open_start (session,
                                (const char *) jk_secret_get (first),
                                (const char *) jk_secret_get (second),
                                error);
}

static gboolean
start (JkSitting *sitting,
       const SitOptions *options,
       const JkSittingPlace *place,
       const JkSecrets *secrets,
       const LogIn *entry,
       GError **error)
{
  g_autoptr (JkSecret) paper_key = NULL;
  g_autoptr (JkBank) bank = NULL;
  g_autoptr (JkOwnPaper) own = NULL;

  if (jk_sitting_get_state (sitting) == JK_STATE_IDENTIFIED &&
      jk_sitting_confirm (sitting, error) == 0)
    return FALSE;
  paper_key = open_start (place->session, secrets, error);
  if (paper_key == NULL)
    return FALSE;
  bank =
      jk_session_open_bank (place->session, place->world->storage, options->bank, paper_key, error);
  if (bank == NULL)
    return FALSE;
  own =
      jk_own_paper_open (place->session, bank, entry->record, entry->record_key, paper_key, error);
  return own != NULL && jk_sitting_start (sitting, own, error) != 0;
}

/* Whoever logs in to go on with a record must be its candidate. */
static gboolean
log_in_as (const JkSittingPlace *place,
           const JkSecrets *secrets,
           guint32 record,
           LogIn *out,
           GError **error)
{
  if (out->record == NULL && !log_in (place->session, secrets, out, error))
    return FALSE;
  if (jk_record_get_person (out->record)->index == record)
    return TRUE;
  g_set_error (error,
               JK_SESSION_ERROR,
               JK_SESSION_ERROR_LOGIN,
               "These numbers log in to another record than %u; expected that candidate's; give "
               "the right file of secrets.",
               record);
  return FALSE;
}

static gboolean
has_store (const JkSittingPlace *place, guint32 record, gboolean *out_has, GError **error)
{
  guint n;
  g_autofree guint32 *records = jk_sitting_find (place, &n, error);

  if (records == NULL)
    return FALSE;
  *out_has = FALSE;
  for (guint i = 0; i < n; i++)
    *out_has = *out_has || records[i] == record;
  return TRUE;
}

/* A sitting that runs, or is over: resumed where there is a store, else begun and started. */
static JkSitting *
enter (const SitOptions *options,
       const JkSittingPlace *place,
       const JkSecrets *secrets,
       GError **error)
{
  g_auto (LogIn) entry = { NULL };
  g_autoptr (JkSitting) sitting = NULL;
  gboolean again = options->resume != RECORD_NONE;
  guint32 record = (guint32) options->resume;

  if (options->arrive != NULL)
    return jk_sit_arrive (place,
                          options->arrive,
                          options->move_order,
                          options->role,
                          secrets,
                          error);
  if (!again) {
    if (!log_in (place->session, secrets, &entry, error))
      return NULL;
    record = jk_record_get_person (entry.record)->index;
    if (!has_store (place, record, &again, error))
      return NULL;
  }
  sitting = again ? jk_sitting_resume (place, record, error)
                  : jk_sitting_begin (place, entry.record, entry.record_key, error);
  if (sitting == NULL)
    return NULL;
  if (jk_sitting_get_state (sitting) <= JK_STATE_READY &&
      (!log_in_as (place, secrets, record, &entry, error) ||
       !start (sitting, options, place, secrets, &entry, error)))
    return NULL;
  return g_steal_pointer (&sitting);
}

static void
print_pair (JkTool *tool,
            const char *event,
            const char *name_1,
            guint64 value_1,
            const char *name_2,
            guint64 value_2)
{
  g_autoptr (JkFacts) facts = jk_facts_new ();

  jk_facts_add_integer (facts, name_1, (gint64) value_1);
  jk_facts_add_integer (facts, name_2, (gint64) value_2);
  jk_facts_print_row (facts, tool, event);
}

static void
print_text (JkTool *tool, const char *event, const char *name, const char *value)
{
  g_autoptr (JkFacts) facts = jk_facts_new ();

  jk_facts_add (facts, name, "%s", value);
  jk_facts_print_row (facts, tool, event);
}

/* What was there when the sitting was opened, then its state: from here on it goes on. */
static void
print_opened (JkTool *tool, JkSitting *sitting)
{
  guint n = jk_paper_get_n (jk_sitting_get_paper (sitting));

  print_pair (tool, "record", "record", jk_sitting_get_person (sitting)->index, "items", n);
  print_pair (tool,
              "resumed",
              "exam-ms",
              jk_sitting_get_resumed_exam_ms (sitting),
              "restarts",
              jk_sitting_get_restarts (sitting));
  for (guint position = 0; position < n; position++) {
    guint16 mask = jk_sitting_get_answer (sitting, position);
    if (mask != 0)
      print_pair (tool, "found", "position", position, "mask", mask);
  }
  print_text (tool, "state", "state", jk_state_get_name (jk_sitting_get_state (sitting)));
}

/* The same bytes may be there from an earlier run that ended after the copy. */
static gboolean
copy_result (const JkTool *tool, const char *path, GBytes *bytes, GError **error)
{
  g_autoptr (GBytes) there = NULL;

  if (jk_output_check_free (tool, path, NULL))
    return jk_output_file (tool, path, 0600, bytes, error);
  there = jk_storage_read (tool->world->storage, path, JK_RESULT_BYTES_MAX, NULL);
  return (there != NULL && g_bytes_equal (there, bytes)) ||
         jk_output_check_free (tool, path, error);
}

static gboolean
export_result (JkTool *tool,
               JkSitting *sitting,
               const JkSittingPlace *place,
               const char *folder,
               GError **error)
{
  guint32 record = jk_sitting_get_person (sitting)->index;
  guint32 seal = jk_sitting_get_seal_number (sitting);
  g_autofree char *name = jk_result_dup_file_name (place->session, record, seal);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *code = NULL;
  JkDigest receipt;

  if (jk_sitting_get_result (sitting) == NULL) {
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_STATE,
                 "Record %u is %s; expected it to be sealed; a proctor decides how it goes on.",
                 record,
                 jk_state_get_name (jk_sitting_get_state (sitting)));
    return FALSE;
  }
  if (!jk_storage_make_folder (place->world->storage, folder, 0700, error) ||
      !copy_result (tool, path, jk_sitting_get_result (sitting), error))
    return FALSE;
  jk_receipt_compute (jk_session_get_digest (place->session),
                      record,
                      seal,
                      jk_sitting_get_handed_in_link (sitting),
                      &receipt);
  code = jk_receipt_dup_code (&receipt);
  print_text (tool, "receipt", "receipt", code);
  print_text (tool, "result", "result", name);
  return TRUE;
}

static gboolean
sit (JkTool *tool, const SitOptions *options, const JkSittingPlace *place, GError **error)
{
  g_autoptr (JkSecrets) secrets = jk_secrets_load (options->secrets, error);
  g_autoptr (JkScript) script = NULL;
  g_autoptr (JkSitOrders) orders = NULL;
  g_autoptr (JkSitting) sitting = NULL;
  JkCandidate candidate;

  if (secrets == NULL)
    return FALSE;
  script = options->answers != NULL
               ? jk_script_load (place->world->storage, options->answers, options->wrong, error)
               : jk_script_new_random ((guint32) options->seed);
  if (script != NULL)
    orders = jk_sit_orders_load (place->world->storage, options->orders, error);
  if (script == NULL || orders == NULL)
    return FALSE;
  sitting = enter (options, place, secrets, error);
  if (sitting == NULL)
    return FALSE;
  jk_fast_clock_pace_wall (place->world->clock);
  print_opened (tool, sitting);
  candidate = (JkCandidate){
    .tool = tool,
    .sitting = sitting,
    .script = script,
    .orders = orders,
    .minutes = (guint) options->minutes,
    .speed = (guint) options->speed,
    .rounds = (guint) options->rounds,
    .ticks = options->ticks,
  };
  if (!jk_candidate_sit (&candidate, error))
    return FALSE;
  if (options->capsule != NULL && jk_sitting_get_state (sitting) == JK_STATE_MOVED)
    return jk_sit_export_capsule (tool->world->storage, sitting, options->capsule, error);
  return export_result (tool, sitting, place, options->out, error);
}

/* What must be there is there, and numbers are in range. */
static gboolean
check_options (JkTool *tool, const SitOptions *options)
{
  const struct {
    const char *name;
    const char *value;
  } needed[] = {
    { "session", options->session },         { "bank", options->bank }, { "store", options->store },
    { "authorities", options->authorities }, { "out", options->out },
  };

  for (guint n = 0; n < G_N_ELEMENTS (needed); n++) {
    if (!jk_options_require (tool, "sit", needed[n].name, needed[n].value))
      return FALSE;
  }
  if (options->speed >= 1 && options->speed <= SPEED_MAX && options->minutes >= 0 &&
      options->minutes <= 600 && options->rounds >= 1 && options->rounds <= 1000 &&
      options->resume >= RECORD_NONE)
    return TRUE;
  jk_output_usage (tool,
                   "sit takes --speed from 1 to %d, --minutes from 0 to 600, --rounds from 1 to "
                   "1000, --resume from 0",
                   SPEED_MAX);
  return FALSE;
}

static int
sit_with (JkTool *tool, const SitOptions *options)
{
  g_autoptr (JkSession) session = NULL;
  g_autoptr (JkStation) station = NULL;
  g_autoptr (GError) error = NULL;
  JkFastClock clock;
  JkWorld world = *tool->world;
  JkSittingPlace place;

  session = jk_input_amended_session (tool,
                                      options->session,
                                      options->authorities,
                                      (const char *const *) options->amendments,
                                      &error);
  if (session == NULL)
    return jk_output_error (tool, options->session, error);
  if (options->speed != 1 && !jk_session_is_rehearsal (session))
    return jk_output_usage (tool, "--speed is for rehearsals; this session counts");
  jk_fast_clock_init (&clock, tool->world->clock, (guint) options->speed);
  world.clock = &clock.clock;
  station = jk_station_open (&world, options->store, options->hardware, &error);
  if (station == NULL)
    return jk_output_error (tool, options->store, error);
  place = (JkSittingPlace){
    .world = &world,
    .session = session,
    .station = station,
    .sealer = jk_result_sealer (),
  };
  if (!sit (tool, options, &place, &error))
    return jk_output_error (tool, options->session, error);
  return JK_EXIT_OK;
}

int
jk_command_sit (JkTool *tool, int argc, char **argv)
{
  g_auto (SitOptions)
      options = { .minutes = 60, .speed = 1, .rounds = 1, .seed = 1, .resume = RECORD_NONE };
  g_auto (GStrv) files = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "session", 0, 0, G_OPTION_ARG_FILENAME, &options.session, "the hall's .jksession", "FILE" },
    { "amend",
      0,
      0,
      G_OPTION_ARG_FILENAME_ARRAY,
      &options.amendments,
      "an amendment; each in its order",
      "FILE" },
    { "bank", 0, 0, G_OPTION_ARG_FILENAME, &options.bank, "the session's .jkbank", "FILE" },
    { "store",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.store,
      "folder of the station's stores",
      "DIR" },
    { "authorities",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.authorities,
      "pinned .jkpub files",
      "DIR" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, "where the result is copied", "DIR" },
    { "secrets",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.secrets,
      "room-code, start-code (start-code-2), admission, id-number",
      "FILE" },
    { "answers", 0, 0, G_OPTION_ARG_FILENAME, &options.answers, "item id, tab, letters", "FILE" },
    { "wrong",
      0,
      0,
      G_OPTION_ARG_NONE,
      &options.wrong,
      "answer each item of --answers wrong",
      NULL },
    { "seed", 0, 0, G_OPTION_ARG_INT, &options.seed, "random answers from this seed; 1", "N" },
    { "minutes", 0, 0, G_OPTION_ARG_INT, &options.minutes, "exam time to answer all; 60", "N" },
    { "speed", 0, 0, G_OPTION_ARG_INT, &options.speed, "exam time to real time; 1", "N" },
    { "rounds", 0, 0, G_OPTION_ARG_INT, &options.rounds, "answer the paper so often; 1", "N" },
    { "ticks", 0, 0, G_OPTION_ARG_NONE, &options.ticks, "print exam time while it passes", NULL },
    { "resume",
      0,
      0,
      G_OPTION_ARG_INT,
      &options.resume,
      "go on with this record, without codes",
      "RECORD" },
    { "order", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.orders, "obey it then", "WHEN:FILE" },
    { "capsule", 0, 0, G_OPTION_ARG_FILENAME, &options.capsule, "what a move writes", "FILE" },
    { "arrive", 0, 0, G_OPTION_ARG_FILENAME, &options.arrive, "go on with a capsule", "FILE" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &options.role, "whose passcode opens it", "ROLE" },
    { "by", 0, 0, G_OPTION_ARG_FILENAME, &options.move_order, "the order that moved it", "FILE" },
    { "hardware", 0, 0, G_OPTION_ARG_STRING, &options.hardware, "stand in for another PC", "TEXT" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  if (!jk_options_parse (tool, "sit", entries, argc, argv, 0, &files, &exit_code))
    return exit_code;
  if (!check_options (tool, &options))
    return JK_EXIT_USAGE;
  if ((options.wrong && options.answers == NULL) || (options.arrive && !options.move_order))
    return jk_output_usage (tool, "sit --wrong needs --answers, and --arrive needs --by");
  return sit_with (tool, &options);
}
