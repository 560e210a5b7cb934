/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "bank/answer-keys.h"
#include "paper/error.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#define BANK JK_TEST_EXAM_NAME ".jkbank"
#define FIRST_HALL JK_TEST_EXAM_NAME "-01.jksession"
#define SECOND_HALL JK_TEST_EXAM_NAME "-02.jksession"
#define OFFICE JK_TEST_EXAM_NAME ".office"
#define ENVELOPES JK_TEST_EXAM_NAME "-envelopes.txt"

static guint
count_files (const char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  g_dir_close (dir);
  return n;
}

static void
remove_files (const char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    assert_int_equal (g_unlink (path), 0);
  }
  g_dir_close (dir);
}

static gboolean
build (const JkTestExam *exam, GError **error)
{
  JkSessionInputs inputs;

  jk_test_exam_get_inputs (exam, &inputs);
  return jk_session_build (&inputs, jk_test_exam_get_world (exam), NULL, error);
}

static JkTestExam *
new_inputs (guint n_second)
{
  const JkTestExamOptions options = { .n_first = 2, .n_second = n_second, .inputs_only = TRUE };
  return jk_test_exam_new_with (&options);
}

static GBytes *
read_out (const JkTestExam *exam, const char *name)
{
  g_autofree char *path = g_build_filename ("out", name, NULL);
  return jk_test_folder_get_bytes (jk_test_exam_get_folder (exam), path);
}

static void
all_files_are_written_and_named (void **state)
{
  g_autoptr (JkTestExam) exam = new_inputs (1);
  static const char *const wanted[] = { BANK, FIRST_HALL, SECOND_HALL, OFFICE, ENVELOPES, NULL };
  g_auto (GStrv) files = NULL;
  JkSessionInputs inputs;

  jk_test_exam_get_inputs (exam, &inputs);
  assert_true (jk_session_build (&inputs, jk_test_exam_get_world (exam), &files, NULL));
  assert_true (g_strv_equal ((const char *const *) files, wanted));
  assert_int_equal (count_files (inputs.folder), 5);
}

static void
what_holds_secrets_is_for_its_owner_alone (void **state)
{
  g_autoptr (JkTestExam) exam = jk_test_exam_new ();
  const char *const paths[] = {
    jk_test_exam_get_office_path (exam),
    jk_test_exam_get_envelopes_path (exam),
  };

  for (guint n = 0; n < G_N_ELEMENTS (paths); n++) {
    GStatBuf info;
    assert_int_equal (g_stat (paths[n], &info), 0);
    assert_int_equal (info.st_mode & 0777, 0600);
  }
}

static void
a_tenth_and_at_least_two_records_are_spare (void **state)
{
  assert_int_equal (jk_session_count_spares (0), 2);
  assert_int_equal (jk_session_count_spares (1), 2);
  assert_int_equal (jk_session_count_spares (20), 2);
  assert_int_equal (jk_session_count_spares (21), 3);
  assert_int_equal (jk_session_count_spares (20000), 2000);
}

/* P3: which options are right, in which order they stood and what was said of them. */
static void
the_right_answers_move_no_byte_of_the_station_s_files (void **state)
{
  static const char *const names[] = { BANK, FIRST_HALL, SECOND_HALL };
  const JkTestExamOptions first = { .n_second = 2, .variant = 0 };
  g_autoptr (JkTestExam) a = jk_test_exam_new_with (&first);
  g_autoptr (GBytes) keys_a =
      jk_test_folder_get_bytes (jk_test_exam_get_folder (a), "library.jkkeys");

  for (guint variant = 1; variant < 4; variant++) {
    const JkTestExamOptions second = { .n_second = 2, .variant = variant };
    g_autoptr (JkTestExam) b = jk_test_exam_new_with (&second);
    g_autoptr (GBytes) keys_b =
        jk_test_folder_get_bytes (jk_test_exam_get_folder (b), "library.jkkeys");

    assert_false (g_bytes_equal (keys_a, keys_b));
    for (guint n = 0; n < G_N_ELEMENTS (names); n++) {
      g_autoptr (GBytes) of_a = read_out (a, names[n]);
      g_autoptr (GBytes) of_b = read_out (b, names[n]);
      assert_true (g_bytes_equal (of_a, of_b));
    }
  }
}

/* The proof above is worth something only if the keys did differ. */
static void
the_variants_have_other_keys (void **state)
{
  const JkTestExamOptions second = { .variant = 1 };
  g_autoptr (JkTestExam) a = jk_test_exam_new ();
  g_autoptr (JkTestExam) b = jk_test_exam_new_with (&second);
  guint8 authority[JK_PUBLIC_BYTES];
  guint n_different = 0;

  jk_sign_get_public (jk_test_exam_get_authority (a), authority);
  g_autoptr (JkAnswerKeys) of_a = jk_answer_keys_open (jk_test_exam_get_world (a)->storage,
                                                       jk_test_exam_get_keys_path (a),
                                                       authority,
                                                       jk_test_exam_get_centre (a),
                                                       NULL,
                                                       NULL);
  g_autoptr (JkAnswerKeys) of_b = jk_answer_keys_open (jk_test_exam_get_world (b)->storage,
                                                       jk_test_exam_get_keys_path (b),
                                                       authority,
                                                       jk_test_exam_get_centre (b),
                                                       NULL,
                                                       NULL);
  for (guint32 item = 0; item < JK_TEST_EXAM_ITEMS; item++) {
    assert_string_equal (jk_answer_keys_get_id (of_a, item), jk_answer_keys_get_id (of_b, item));
    n_different += jk_answer_keys_get_right (of_a, item) != jk_answer_keys_get_right (of_b, item);
  }
  assert_int_equal (n_different, JK_TEST_EXAM_ITEMS);
}

static void
other_chance_gives_other_files (void **state)
{
  const JkTestExamOptions other = { .n_second = 2, .seed = 2 };
  g_autoptr (JkTestExam) a = jk_test_exam_new ();
  g_autoptr (JkTestExam) b = jk_test_exam_new_with (&other);
  g_autoptr (GBytes) of_a = read_out (a, FIRST_HALL);
  g_autoptr (GBytes) of_b = read_out (b, FIRST_HALL);

  assert_false (g_bytes_equal (of_a, of_b));
  assert_string_not_equal (jk_test_exam_get_start_code (a), jk_test_exam_get_start_code (b));
}

/* Chance that fails the test when one (use, index) is asked for twice. */
typedef struct {
  JkRandom random; /* first, so that the table leads back here */
  const JkRandom *inner;
  GHashTable *asked;
} Once;

static void
fill_once (const JkRandom *random, const char *use, guint64 index, gpointer out, gsize size)
{
  const Once *once = (const Once *) random;
  char *key = g_strdup_printf ("%s %" G_GUINT64_FORMAT, use, index);

  if (!g_hash_table_add (once->asked, key))
    fail_msg ("asked twice");
  jk_random_fill (once->inner, use, index, out, size);
}

static void
every_use_of_chance_is_asked_for_once (void **state)
{
  g_autoptr (JkTestExam) exam = new_inputs (2);
  JkWorld world = *jk_test_exam_get_world (exam);
  Once once = {
    .random = { .fill = fill_once },
    .inner = world.random,
    .asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
  JkSessionInputs inputs;

  world.random = &once.random;
  jk_test_exam_get_inputs (exam, &inputs);
  assert_true (jk_session_build (&inputs, &world, NULL, NULL));
  assert_true (g_hash_table_size (once.asked) > 30);
  g_hash_table_unref (once.asked);
}

static void
a_file_that_is_there_is_never_replaced (void **state)
{
  static const char *const names[] = { BANK, FIRST_HALL, SECOND_HALL, OFFICE, ENVELOPES };
  g_autoptr (GError) error = NULL;

  for (guint n = 0; n < G_N_ELEMENTS (names); n++) {
    g_autoptr (JkTestExam) exam = new_inputs (1);
    g_autofree char *name = g_build_filename ("out", names[n], NULL);
    g_autofree char *path =
        jk_test_folder_put_text (jk_test_exam_get_folder (exam), name, "precious");
    assert_false (build (exam, &error));
    assert_non_null (strstr (error->message, path));
    assert_refused (error, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS);
    g_autoptr (GBytes) bytes = read_out (exam, names[n]);
    assert_memory_equal (g_bytes_get_data (bytes, NULL), "precious", 8);
    assert_int_equal (count_files (jk_test_exam_get_out_path (exam)), 1);
  }
}

static void
a_failing_disk_leaves_nothing_behind (void **state)
{
  g_autoptr (JkTestExam) exam = new_inputs (1);
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (exam));
  g_autoptr (GError) error = NULL;
  gint n_open = jk_test_storage_get_n_open (disk);
  guint n;

  for (n = 1;; n++) {
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, n, ENOSPC, JK_TEST_ONCE);
    gboolean is_built = build (exam, &error);
    if (!jk_test_storage_has_failed (disk)) {
      assert_true (is_built);
      break;
    }
    /* A close that fails after everything is durable may be forgiven, then all files are there. */
    assert_int_equal (count_files (jk_test_exam_get_out_path (exam)), is_built ? 5 : 0);
    assert_true (is_built == (error == NULL));
    g_clear_error (&error);
    remove_files (jk_test_exam_get_out_path (exam));
  }
  assert_true (n > 50);
  assert_int_equal (jk_test_storage_get_n_open (disk), n_open);
  jk_test_storage_heal (disk);
}

static void
inputs_that_make_no_session_are_refused (void **state)
{
  g_autoptr (JkTestExam) exam = jk_test_exam_new ();
  const JkWorld *world = jk_test_exam_get_world (exam);
  const JkSealPublic unusable = { { 0 } };
  g_autoptr (JkBank) session_bank = jk_test_exam_open_bank (exam);
  g_autofree char *folder = jk_test_folder_dup_path (jk_test_exam_get_folder (exam), "other");
  g_autoptr (GError) error = NULL;
  JkSessionInputs good, inputs;

  assert_int_equal (g_mkdir (folder, 0700), 0);
  jk_test_exam_get_inputs (exam, &good);
  good.folder = folder;
  inputs = good;
  inputs.n_centres = 0;
  assert_false (jk_session_build (&inputs, world, NULL, &error));
  assert_session_refused (error, BUILD);
  inputs.n_centres = JK_CENTRES_MAX + 1;
  assert_false (jk_session_build (&inputs, world, NULL, &error));
  assert_session_refused (error, BUILD);
  inputs = good;
  inputs.centres = &unusable;
  assert_false (jk_session_build (&inputs, world, NULL, &error));
  assert_session_refused (error, BUILD);
  inputs = good;
  inputs.library = session_bank;
  assert_false (jk_session_build (&inputs, world, NULL, &error));
  assert_session_refused (error, BUILD);
  assert_int_equal (count_files (folder), 0);
}

static void
a_wrong_library_key_leaves_nothing_behind (void **state)
{
  g_autoptr (JkTestExam) exam = new_inputs (0);
  g_autoptr (JkSecret) other = check_key (0);
  g_autoptr (GError) error = NULL;
  JkSessionInputs inputs;

  jk_test_exam_get_inputs (exam, &inputs);
  inputs.library_key = other;
  assert_false (jk_session_build (&inputs, jk_test_exam_get_world (exam), NULL, &error));
  assert_non_null (error);
  assert_int_equal (count_files (inputs.folder), 0);
}

static void
an_impossible_cost_leaves_nothing_behind (void **state)
{
  static const JkCosts costs[] = {
    { { 0, 0 }, { 1, 8 }, { 1, 8 } },
    { { 1, 8 }, { 0, 0 }, { 1, 8 } },
    { { 1, 8 }, { 1, 8 }, { 0, 0 } },
  };
  g_autoptr (JkTestExam) exam = new_inputs (0);
  g_autoptr (GError) error = NULL;
  JkSessionInputs inputs;

  jk_test_exam_get_inputs (exam, &inputs);
  for (guint n = 0; n < G_N_ELEMENTS (costs); n++) {
    JkWorld world = *jk_test_exam_get_world (exam);
    world.costs = &costs[n];
    assert_false (jk_session_build (&inputs, &world, NULL, &error));
    assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_COST);
    assert_int_equal (count_files (inputs.folder), 0);
  }
}

static void
a_bank_that_cannot_fill_the_paper_is_refused (void **state)
{
  g_autoptr (JkTestExam) exam = new_inputs (0);
  const JkTestFolder *folder = jk_test_exam_get_folder (exam);
  g_autoptr (GBytes) bytes = jk_test_folder_get_bytes (folder, "blueprint.ini");
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GError) error = NULL;
  JkSessionInputs inputs;

  char *cell = strstr (text, "A-A=1/0/1");
  assert_non_null (cell);
  memcpy (cell, "A-A=0/0/2", strlen ("A-A=0/0/2"));
  g_autofree char *path = jk_test_folder_put_text (folder, "blueprint.ini", text);
  g_autoptr (JkSessionSource) source = jk_session_source_load (jk_test_exam_get_world (exam),
                                                               jk_test_exam_get_ini_path (exam),
                                                               report);
  assert_non_null (source);
  jk_test_exam_get_inputs (exam, &inputs);
  inputs.source = source;
  assert_false (jk_session_build (&inputs, jk_test_exam_get_world (exam), NULL, &error));
  assert_refused (error, JK_PAPER_ERROR, JK_PAPER_ERROR_UNFILLABLE);
  assert_int_equal (count_files (inputs.folder), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (all_files_are_written_and_named),
    cmocka_unit_test (what_holds_secrets_is_for_its_owner_alone),
    cmocka_unit_test (a_tenth_and_at_least_two_records_are_spare),
    cmocka_unit_test (the_right_answers_move_no_byte_of_the_station_s_files),
    cmocka_unit_test (the_variants_have_other_keys),
    cmocka_unit_test (other_chance_gives_other_files),
    cmocka_unit_test (every_use_of_chance_is_asked_for_once),
    cmocka_unit_test (a_file_that_is_there_is_never_replaced),
    cmocka_unit_test (a_failing_disk_leaves_nothing_behind),
    cmocka_unit_test (inputs_that_make_no_session_are_refused),
    cmocka_unit_test (a_wrong_library_key_leaves_nothing_behind),
    cmocka_unit_test (an_impossible_cost_leaves_nothing_behind),
    cmocka_unit_test (a_bank_that_cannot_fill_the_paper_is_refused),
  };
  return cmocka_run_group_tests_name ("build", tests, NULL, NULL);
}
