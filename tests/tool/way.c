/* SPDX-License-Identifier: Apache-2.0 */
/* tool/way.c: see the header. */
#include "way.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#define AUTHORITY_PASSPHRASE "authority of the test"
#define CENTRE_PASSPHRASE "centre of the test"
#define SPEED "20000"

const char *
jk_test_way_path (JkTestWay *self, const char *name)
{
  char *path = jk_test_folder_dup_path (jk_test_exam_get_folder (self->exam), name);

  g_ptr_array_add (self->paths, path);
  return path;
}

const char *
jk_test_way_put (JkTestWay *self, const char *name, const char *text)
{
  const char *path = jk_test_way_path (self, name);
  g_autofree char *folder = g_path_get_dirname (path);

  assert_int_equal (g_mkdir_with_parents (folder, 0700), 0);
  assert_true (g_file_set_contents (path, text, -1, NULL));
  assert_int_equal (chmod (path, 0600), 0);
  return path;
}

gboolean
jk_test_way_has (JkTestWay *self, const char *name)
{
  return g_file_test (jk_test_way_path (self, name), G_FILE_TEST_EXISTS);
}

static int
run (JkTestWay *self, const char *first, va_list rest)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();

  for (const char *each = first; each != NULL; each = va_arg (rest, const char *))
    g_ptr_array_add (arguments, (gpointer) each);
  g_ptr_array_add (arguments, NULL);
  return jk_test_said_run_list (self->said, (const char *const *) arguments->pdata);
}

static void
check (const JkTestWay *self, int found, int expected)
{
  if (found != expected)
    print_error ("exit %d, expected %d\n%s%s", found, expected, self->said->out, self->said->err);
  assert_int_equal (found, expected);
}

void
jk_test_way_expect (JkTestWay *self, int exit_code, const char *first, ...)
{
  va_list rest;
  int found;

  va_start (rest, first);
  found = run (self, first, rest);
  va_end (rest);
  check (self, found, exit_code);
}

char *
jk_test_way_dup_receipt (const JkTestWay *self, guint n)
{
  const char *at = self->said->everything->str;

  for (guint i = 0; i <= n; i++) {
    at = strstr (at, "\nreceipt\t");
    assert_non_null (at);
    at += strlen ("\nreceipt\t");
  }
  return g_strndup (at, strcspn (at, "\n"));
}

char *
jk_test_way_find (JkTestWay *self, const char *folder, const char *ending)
{
  g_autoptr (GDir) dir = g_dir_open (jk_test_way_path (self, folder), 0, NULL);
  char *found = NULL;
  const char *name;

  assert_non_null (dir);
  while ((name = g_dir_read_name (dir)) != NULL) {
    if (!g_str_has_suffix (name, ending))
      continue;
    assert_null (found);
    found = g_build_filename (jk_test_way_path (self, folder), name, NULL);
  }
  assert_non_null (found);
  return found;
}

static void
put_secrets (JkTestWay *self)
{
  jk_test_way_put (self, "secrets/new-authority", "passphrase=" AUTHORITY_PASSPHRASE "\n");
  jk_test_way_put (self, "secrets/new-centre", "passphrase=" CENTRE_PASSPHRASE "\n");
  jk_test_way_put (self,
                   "secrets/office",
                   "authority-passphrase=" AUTHORITY_PASSPHRASE
                   "\ncentre-passphrase=" CENTRE_PASSPHRASE "\n");
  jk_test_way_put (self,
                   "secrets/wrong",
                   "passphrase=something quite else\nauthority-passphrase=something quite else\n"
                   "centre-passphrase=something quite else\n");
}

static void
make_key (JkTestWay *self, const char *folder, const char *kind)
{
  g_autofree char *name = g_strdup_printf ("%s/%s", folder, kind);
  g_autofree char *secrets = g_strdup_printf ("secrets/new-%s", kind);
  const char *path = jk_test_way_path (self, name);
  g_autofree char *parent = g_path_get_dirname (path);

  assert_int_equal (g_mkdir_with_parents (parent, 0700), 0);
  jk_test_way_expect (self,
                      JK_EXIT_OK,
                      "key",
                      "new",
                      "--kind",
                      kind,
                      "--name",
                      "测试",
                      "--secrets",
                      jk_test_way_path (self, secrets),
                      path,
                      NULL);
}

/* The authority's key is pinned as its owner would: by a copy of the public file. */
static void
make_keys (JkTestWay *self)
{
  g_autofree char *text = NULL;

  make_key (self, "office", "authority");
  make_key (self, "office", "centre");
  make_key (self, "other", "authority");
  make_key (self, "other", "centre");
  assert_true (
      g_file_get_contents (jk_test_way_path (self, "office/authority.jkpub"), &text, NULL, NULL));
  jk_test_way_put (self, "pinned/office.rehearsal.jkpub", text);
}

static void
build_bank (JkTestWay *self)
{
  jk_test_way_expect (self,
                      JK_EXIT_OK,
                      "bank",
                      "build",
                      "--authority",
                      jk_test_way_path (self, "office/authority.jkkey"),
                      "--centre",
                      jk_test_way_path (self, "office/centre.jkpub"),
                      "--out",
                      jk_test_way_path (self, "office/bank"),
                      "--secrets",
                      jk_test_way_path (self, "secrets/office"),
                      jk_test_way_path (self, "bank/bank.ini"),
                      NULL);
}

/* The code on the first page with that title: the line with four blanks before it. */
static char *
read_code (const char *pages, const char *title)
{
  const char *page = strstr (pages, title);
  const char *code;

  assert_non_null (page);
  code = strstr (page, "\n    ");
  assert_non_null (code);
  code += strlen ("\n    ");
  return g_strndup (code, strcspn (code, "\n"));
}

/* The four passcodes, as the roles' envelopes have them. */
static void
put_roles (JkTestWay *self, const char *pages)
{
  static const char *const roles[] = { "chief", "proctor", "spare-1", "spare-2" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint n = 0; n < G_N_ELEMENTS (roles); n++) {
    g_autofree char *title = g_strdup_printf ("PASSCODE, role %s", roles[n]);
    g_autofree char *code = read_code (pages, title);
    g_string_append_printf (text, "%s-passcode=%s\n", roles[n], code);
  }
  jk_test_way_put (self, "secrets/roles", text->str);
}

static void
put_candidates (JkTestWay *self)
{
  g_autofree char *path = jk_test_way_find (self, "hall", "-envelopes.txt");
  g_autofree char *pages = NULL;

  assert_true (g_file_get_contents (path, &pages, NULL, NULL));
  self->room_code = read_code (pages, "ROOM CODE");
  self->start_code = read_code (pages, "START CODE");
  put_roles (self, pages);
  for (guint n = 0; n < jk_test_exam_get_n_candidates (self->exam); n++) {
    const JkTestCandidate *candidate = jk_test_exam_get_candidate (self->exam, n);
    g_autofree char *name = g_strdup_printf ("secrets/%u", n);
    g_autofree char *text =
        g_strdup_printf ("room-code=%s\nstart-code=%s\nadmission=%s\nid-number=%s\n",
                         self->room_code,
                         self->start_code,
                         candidate->admission,
                         candidate->id_number);
    jk_test_way_put (self, name, text);
  }
}

static void
build_session (JkTestWay *self)
{
  jk_test_way_expect (self,
                      JK_EXIT_OK,
                      "session",
                      "build",
                      "--bank",
                      jk_test_way_path (self, "office/bank.jkbank"),
                      "--authority",
                      jk_test_way_path (self, "office/authority.jkkey"),
                      "--centre",
                      jk_test_way_path (self, "office/centre.jkpub"),
                      "--out",
                      jk_test_way_path (self, "hall"),
                      "--secrets",
                      jk_test_way_path (self, "secrets/office"),
                      jk_test_way_path (self, "session.ini"),
                      NULL);
  self->session = jk_test_way_find (self, "hall", ".jksession");
  self->bank = jk_test_way_find (self, "hall", ".jkbank");
  put_candidates (self);
  jk_test_way_expect (self,
                      JK_EXIT_OK,
                      "key",
                      "show",
                      "--centre",
                      jk_test_way_path (self, "office/centre.jkkey"),
                      "--authorities",
                      jk_test_way_path (self, "pinned"),
                      "--secrets",
                      jk_test_way_path (self, "secrets/office"),
                      jk_test_way_path (self, "office/bank.jkkeys"),
                      NULL);
  jk_test_way_put (self, "office/right.txt", self->said->out);
}

int
jk_test_way_sit (JkTestWay *self, guint n, ...)
{
  g_autofree char *store = g_strdup_printf ("store-%u", n);
  g_autofree char *seat = g_strdup_printf ("seat %u", n);
  g_autofree char *secrets = g_strdup_printf ("secrets/%u", n);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  const char *const fixed[] = {
    "sit",
    "--session",
    self->session,
    "--bank",
    self->bank,
    "--store",
    jk_test_way_path (self, store),
    "--hardware",
    seat,
    "--authorities",
    jk_test_way_path (self, "pinned"),
    "--out",
    jk_test_way_path (self, "results"),
    "--secrets",
    jk_test_way_path (self, secrets),
    "--speed",
    SPEED,
    "--minutes",
    "1",
  };
  va_list rest;

  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    g_ptr_array_add (arguments, (gpointer) fixed[i]);
  va_start (rest, n);
  for (const char *each = va_arg (rest, const char *); each != NULL;
       each = va_arg (rest, const char *))
    g_ptr_array_add (arguments, (gpointer) each);
  va_end (rest);
  g_ptr_array_add (arguments, NULL);
  return jk_test_said_run_list (self->said, (const char *const *) arguments->pdata);
}

static void
sit_all (JkTestWay *self)
{
  const char *right = jk_test_way_path (self, "office/right.txt");

  check (self, jk_test_way_sit (self, 0, "--answers", right, NULL), JK_EXIT_OK);
  check (self, jk_test_way_sit (self, 1, "--answers", right, "--wrong", NULL), JK_EXIT_OK);
  check (self, jk_test_way_sit (self, 2, "--seed", "7", NULL), JK_EXIT_OK);
}

JkTestWay *
jk_test_way_new (JkTestWayStage stage)
{
  const JkTestExamOptions options = {
    .seed = 5,
    .n_first = 6,
    .n_photos = 2,
    .rehearsal = TRUE,
    .rehearsal_key = TRUE,
    .inputs_only = TRUE,
  };
  JkTestWay *self = g_new0 (JkTestWay, 1);

  self->exam = jk_test_exam_new_with (&options);
  self->paths = g_ptr_array_new_with_free_func (g_free);
  self->world = *jk_test_exam_get_world (self->exam);
  self->world.clock = jk_clock_system ();
  self->world.random = jk_random_system ();
  self->said = jk_test_said_new (&self->world);
  put_secrets (self);
  if (stage >= JK_TEST_WAY_KEYS)
    make_keys (self);
  if (stage >= JK_TEST_WAY_BANK)
    build_bank (self);
  if (stage >= JK_TEST_WAY_SESSION)
    build_session (self);
  if (stage >= JK_TEST_WAY_SAT)
    sit_all (self);
  return self;
}

void
jk_test_way_free (JkTestWay *self)
{
  if (self == NULL)
    return;
  jk_test_said_free (self->said);
  jk_test_exam_free (self->exam);
  g_ptr_array_unref (self->paths);
  g_free (self->session);
  g_free (self->bank);
  g_free (self->room_code);
  g_free (self->start_code);
  g_free (self);
}

static int
setup (void **state, JkTestWayStage stage)
{
  *state = jk_test_way_new (stage);
  return 0;
}

int
jk_test_way_setup_sources (void **state)
{
  return setup (state, JK_TEST_WAY_SOURCES);
}

int
jk_test_way_setup_keys (void **state)
{
  return setup (state, JK_TEST_WAY_KEYS);
}

int
jk_test_way_setup_bank (void **state)
{
  return setup (state, JK_TEST_WAY_BANK);
}

int
jk_test_way_setup_session (void **state)
{
  return setup (state, JK_TEST_WAY_SESSION);
}

int
jk_test_way_setup_sat (void **state)
{
  return setup (state, JK_TEST_WAY_SAT);
}

int
jk_test_way_teardown (void **state)
{
  jk_test_way_free (*state);
  return 0;
}
