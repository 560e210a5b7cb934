/* SPDX-License-Identifier: Apache-2.0 */
/* score-fixture.c: the office's and the centre's part of bench-score. */
#include "score-fixture.h"

#include "bench-source.h"
#include "session/build.h"

#include <stdio.h>
#include <stdlib.h>

#define ITEMS 10000
#define STATIONS 30
#define SESSION_NAME "2021-04-24-B"

typedef struct {
  JkSource *source;
  JkBank *library;
  JkSecret *library_key;
  JkSecret *passphrase;
} Office;

static char *
in_folder (const ScoreFixture *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

static void
put (const ScoreFixture *self, const char *name, const char *text, gssize size)
{
  g_autofree char *path = in_folder (self, name);
  g_autoptr (GError) error = NULL;

  bench_must (g_file_set_contents (path, text, size, &error), error);
}

static void
make_folder (const ScoreFixture *self, const char *name)
{
  g_autofree char *path = in_folder (self, name);
  g_autoptr (GError) error = NULL;

  bench_must (jk_storage_make_folder (self->world.storage, path, 0700, &error), error);
}

/* A resident's number of an invented person: the check letter by ISO 7064 MOD 11-2. */
static void
append_id_number (GString *out, guint n)
{
  static const guint weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  g_autofree char *head = g_strdup_printf ("110108199001%02u%03u", 1 + n / 1000, n % 1000);
  guint sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += weights[i] * (guint) (head[i] - '0');
  g_string_append_printf (out, "%s%c", head, "10X98765432"[sum % 11]);
}

static void
put_roster (const ScoreFixture *self)
{
  g_autoptr (GString) csv =
      g_string_new ("准考证号,姓名,性别,证件类型,证件号码,考场号,座位号,申报条件\n");

  for (guint n = 0; n < self->n_people; n++) {
    g_string_append_printf (csv,
                            "21010503401%05u,考生%05u,%s,居民身份证,",
                            n + 1,
                            n + 1,
                            n % 1000 % 2 == 0 ? "女" : "男");
    append_id_number (csv, n);
    g_string_append_printf (csv, ",01,%05u,4-(1)\n", n + 1);
  }
  put (self, "roster.csv", csv->str, (gssize) csv->len);
}

static void
put_sources (const ScoreFixture *self, const char *data)
{
  g_autofree char *blueprint = bench_source_dup_blueprint (SCORE_PAPER_ITEMS);
  g_autofree char *ini =
      g_strdup_printf ("[session]\nname=" SESSION_NAME "\nplan=%s/plans/call-centre-2021.ini\n"
                       "batch=1\npolicy=%s/policies/standard.ini\nblueprint=blueprint.ini\n"
                       "roster=roster.csv\nsubject=theory\nstarts=2021-04-24T09:00\n",
                       data,
                       data);

  put (self, "blueprint.ini", blueprint, -1);
  put (self, "session.ini", ini, -1);
  put_roster (self);
}

static void
build_library (const ScoreFixture *self, Office *office, const guint8 *authority_public)
{
  g_autofree char *bank_path = in_folder (self, "office.jkbank");
  g_autofree char *keys_path = in_folder (self, "office.jkkeys");
  g_autofree char *source_path = in_folder (self, "bank");
  g_autoptr (GError) error = NULL;

  office->source = bench_source_make (source_path, ITEMS);
  bench_must (jk_bank_build (office->source,
                             &self->world,
                             self->authority,
                             &self->centre_public,
                             1,
                             "1",
                             bank_path,
                             keys_path,
                             &office->library_key,
                             &error),
              error);
  office->library = jk_bank_open (self->world.storage, bank_path, authority_public, &error);
  bench_must (office->library != NULL &&
                  jk_bank_unlock (office->library, office->library_key, &error),
              error);
}

static void
build_session (const ScoreFixture *self, const Office *office)
{
  g_autofree char *ini_path = in_folder (self, "session.ini");
  g_autofree char *out_path = in_folder (self, "out");
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkSessionSource) source = jk_session_source_load (&self->world, ini_path, report);
  g_autoptr (GError) error = NULL;

  if (source == NULL) {
    g_autofree char *faults = jk_report_dup_text (report);
    fprintf (stderr, "%.2000s", faults);
    exit (1);
  }
  const JkSessionInputs inputs = {
    .source = source,
    .library = office->library,
    .library_key = office->library_key,
    .authority = self->authority,
    .passphrase = office->passphrase,
    .centres = &self->centre_public,
    .n_centres = 1,
    .folder = out_path,
  };
  bench_must (jk_session_build (&inputs, &self->world, NULL, &error), error);
}

/* Everything the office does; what it holds is gone afterwards. */
static void
do_office (ScoreFixture *self, const char *data)
{
  g_autoptr (JkKey) authority = jk_key_new (JK_KEY_AUTHORITY, "bench", self->world.random);
  g_autoptr (GBytes) public_file = jk_key_print_public (authority);
  const JkSecret *secret = jk_key_get_secret (authority);
  Office office = { .passphrase = jk_secret_new_copy ("bench", strlen ("bench")) };
  gsize size;

  self->authority = jk_secret_new_slice (secret, 0, jk_secret_get_size (secret));
  self->centre_key = jk_seal_key_new (self->world.random, "bench", 0, &self->centre_public);
  make_folder (self, "bank");
  make_folder (self, "out");
  make_folder (self, "authorities");
  const char *text = g_bytes_get_data (public_file, &size);
  put (self, "authorities/bench.jkpub", text, (gssize) size);
  put_sources (self, data);
  build_library (self, &office, jk_key_get_public (authority));
  build_session (self, &office);
  jk_source_free (office.source);
  jk_bank_free (office.library);
  jk_secret_free (office.library_key);
  jk_secret_free (office.passphrase);
}

static void
open_centre (ScoreFixture *self)
{
  g_autofree char *authorities_path = in_folder (self, "authorities");
  g_autofree char *session_path = in_folder (self, "out/" SESSION_NAME "-01.jksession");
  g_autofree char *bank_path = in_folder (self, "out/" SESSION_NAME ".jkbank");
  g_autofree char *keys_path = in_folder (self, "office.jkkeys");
  g_autoptr (GError) error = NULL;
  g_autoptr (JkAuthorities) authorities =
      jk_authorities_load (self->world.storage, authorities_path, &error);

  bench_must (authorities != NULL, error);
  self->session = jk_session_open (&self->world, session_path, authorities, &error);
  bench_must (self->session != NULL, error);
  self->centre =
      jk_centre_open (&self->world, self->session, bank_path, keys_path, self->centre_key, &error);
  bench_must (self->centre != NULL, error);
  self->paper_key = jk_session_open_start_as_centre (self->session, self->centre_key, &error);
  bench_must (self->paper_key != NULL, error);
}

static void
free_station (gpointer station)
{
  jk_station_free (station);
}

static void
open_stations (ScoreFixture *self)
{
  g_autofree char *store = in_folder (self, "stations");

  self->stations = g_ptr_array_new_with_free_func (free_station);
  for (guint n = 0; n < STATIONS; n++) {
    g_autofree char *hardware = g_strdup_printf ("bench station %u", n);
    g_autoptr (GError) error = NULL;
    JkStation *station = jk_station_open (&self->world, store, hardware, &error);

    bench_must (station != NULL, error);
    g_ptr_array_add (self->stations, station);
  }
}

void
score_fixture_init (ScoreFixture *self, const char *here, const char *data, guint n_people)
{
  const JkCost lowest = { .passes = 1, .memory_kib = 8 };

  *self = (ScoreFixture){
    .world = *jk_world_system (),
    .costs = { .code = lowest, .login = lowest, .passphrase = lowest },
    .n_people = n_people,
  };
  self->world.costs = &self->costs;
  self->folder = g_build_filename (here, "bench-score-XXXXXX", NULL);
  bench_must (g_mkdtemp (self->folder) != NULL, NULL);
  do_office (self, data);
  open_centre (self);
  open_stations (self);
}

void
score_fixture_clear (ScoreFixture *self)
{
  bench_remove_folder (self->folder);
  g_ptr_array_unref (self->stations);
  jk_centre_free (self->centre);
  jk_session_free (self->session);
  jk_secret_free (self->paper_key);
  jk_secret_free (self->centre_key);
  jk_secret_free (self->authority);
  g_free (self->folder);
}
