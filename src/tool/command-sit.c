/* SPDX-License-Identifier: Apache-2.0 */
/* tool/command-sit.c: sit: the whole way of one candidate on this PC, without a window. */
#include "result/receipt.h"
#include "result/result.h"
#include "sitting/error.h"
#include "tool/candidate.h"
#include "tool/commands.h"
#include "base/fast-clock.h"
#include "tool/inputs.h"
#include "tool/options.h"
#include "tool/output.h"
#include "tool/sit-enter.h"
#include "tool/sit-move.h"
#include "tool/sit-second.h"

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
  char *second;
  char **orders;
  /* Plain */
  int seed;
  int minutes;
  int speed;
  int rounds;
  int resume;
  gboolean wrong;
  gboolean ticks;
  gboolean recover;
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
  g_free (self->second);
  g_strfreev (self->orders);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SitOptions, sit_options_clear)

static JkSitting *
enter (const SitOptions *options,
       const JkSittingPlace *place,
       const JkSecrets *secrets,
       GError **error)
{
  if (options->arrive == NULL)
    return jk_sit_enter (place, secrets, options->bank, options->resume, error);
  return jk_sit_arrive (place, options->arrive, options->move_order, options->role, secrets, error);
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
  if (options->recover && !jk_sit_recover (tool, place, options->second, error))
    return FALSE;
  sitting = enter (options, place, secrets, error);
  if (sitting == NULL || !jk_sit_set_second (place, sitting, options->second, error))
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
      "an amendment, in its order",
      "FILE" },
    { "bank", 0, 0, G_OPTION_ARG_FILENAME, &options.bank, "the session's .jkbank", "FILE" },
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &options.store, "the stores of this PC", "DIR" },
    { "authorities", 0, 0, G_OPTION_ARG_FILENAME, &options.authorities, ".jkpub files", "DIR" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, "where the result is copied", "DIR" },
    { "secrets", 0, 0, G_OPTION_ARG_FILENAME, &options.secrets, "codes and numbers", "FILE" },
    { "answers", 0, 0, G_OPTION_ARG_FILENAME, &options.answers, "item id, tab, letters", "FILE" },
    { "wrong", 0, 0, G_OPTION_ARG_NONE, &options.wrong, "answer each wrong", NULL },
    { "seed", 0, 0, G_OPTION_ARG_INT, &options.seed, "random answers from this seed; 1", "N" },
    { "minutes", 0, 0, G_OPTION_ARG_INT, &options.minutes, "exam time to answer all; 60", "N" },
    { "speed", 0, 0, G_OPTION_ARG_INT, &options.speed, "exam time to real time; 1", "N" },
    { "rounds", 0, 0, G_OPTION_ARG_INT, &options.rounds, "answer the paper so often; 1", "N" },
    { "ticks", 0, 0, G_OPTION_ARG_NONE, &options.ticks, "print exam time while it passes", NULL },
    { "resume", 0, 0, G_OPTION_ARG_INT, &options.resume, "go on, without codes", "RECORD" },
    { "order", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.orders, "obey it then", "WHEN:FILE" },
    { "capsule", 0, 0, G_OPTION_ARG_FILENAME, &options.capsule, "what a move writes", "FILE" },
    { "arrive", 0, 0, G_OPTION_ARG_FILENAME, &options.arrive, "go on with a capsule", "FILE" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &options.role, "whose passcode opens it", "ROLE" },
    { "by", 0, 0, G_OPTION_ARG_FILENAME, &options.move_order, "the order that moved it", "FILE" },
    { "second",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.second,
      "write each commit there too",
      "DIR" },
    { "recover", 0, 0, G_OPTION_ARG_NONE, &options.recover, "first take back from there", NULL },
    { "hardware", 0, 0, G_OPTION_ARG_STRING, &options.hardware, "stand in for another PC", "TEXT" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  if (!jk_options_parse (tool, "sit", entries, argc, argv, 0, &files, &exit_code))
    return exit_code;
  if (!check_options (tool, &options))
    return JK_EXIT_USAGE;
  if ((options.wrong && options.answers == NULL) || (options.arrive && !options.move_order) ||
      (options.recover && options.second == NULL))
    return jk_output_usage (tool,
                            "sit --wrong needs --answers, --arrive needs --by, and --recover needs "
                            "--second");
  return sit_with (tool, &options);
}
