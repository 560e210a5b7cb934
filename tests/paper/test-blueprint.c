/* SPDX-License-Identifier: Apache-2.0 */
/* tests of paper/blueprint.c */
#include "paper/blueprint.h"

#include "base/limits.h"
#include "check.h"

#define HEAD "[blueprint]\nname=N\nlevel=4\ntotal=4.5\n"
#define POINTS "[points]\nsingle=0.5\nmultiple=1.5\njudge=1\n"
#define MARKING "[marking]\nmultiple=all-or-nothing\n"
#define DIFFICULTY "[difficulty]\n1=10\n2=20\n3=40\n4=20\n5=10\n"
#define CELLS "[cells]\nB-A=1/0/1\nA-A=0/2/0\n"
#define GOOD HEAD POINTS MARKING DIFFICULTY CELLS

static JkBlueprint *
parse (const char *text)
{
  g_autoptr (JkReport) report = jk_report_new ();
  JkBlueprint *self = jk_blueprint_parse ("b.ini", text, report);
  g_autofree char *faults = jk_report_dup_text (report);
  if (self == NULL)
    fail_msg ("%s", faults);
  assert_int_equal (jk_report_get_n_faults (report), 0);
  return self;
}

static char *
replace (const char *text, const char *from, const char *to)
{
  const char *at = strstr (text, from);
  assert_non_null (at);
  g_autofree char *before = g_strndup (text, (gsize) (at - text));
  return g_strconcat (before, to, at + strlen (from), NULL);
}

/* The good text with one change has n faults, and their text holds the words. */
static void
refuse_n (guint n, const char *from, const char *to, const char *words)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autofree char *text = replace (GOOD, from, to);

  assert_null (jk_blueprint_parse ("b.ini", text, report));
  g_autofree char *faults = jk_report_dup_text (report);
  if (strstr (faults, words) == NULL || jk_report_get_n_faults (report) != n)
    fail_msg ("“%s” lacks “%s”, or is not %u faults", faults, words, n);
}

static void
refuse (const char *from, const char *to, const char *words)
{
  refuse_n (1, from, to, words);
}

static void
accept (const char *from, const char *to)
{
  g_autofree char *text = replace (GOOD, from, to);
  g_autoptr (JkBlueprint) self = parse (text);
  assert_non_null (self);
}

static void
a_good_text_is_read_whole (void **state)
{
  g_autoptr (JkBlueprint) self = parse (GOOD);
  guint partial = 99;

  assert_string_equal (jk_blueprint_get_name (self), "N");
  assert_string_equal (jk_blueprint_get_notice (self), "");
  assert_string_equal (jk_blueprint_get_text (self), GOOD);
  assert_int_equal (jk_blueprint_get_level (self), 4);
  assert_int_equal (jk_blueprint_get_total_half_points (self), 9);
  assert_int_equal (jk_blueprint_get_half_points (self, JK_ITEM_SINGLE), 1);
  assert_int_equal (jk_blueprint_get_half_points (self, JK_ITEM_MULTIPLE), 3);
  assert_int_equal (jk_blueprint_get_half_points (self, JK_ITEM_JUDGE), 2);
  assert_int_equal (jk_blueprint_get_difficulty_percent (self, 1), 10);
  assert_int_equal (jk_blueprint_get_difficulty_percent (self, 3), 40);
  assert_int_equal (jk_blueprint_get_marking (self, &partial), JK_MARKING_ALL_OR_NOTHING);
  assert_int_equal (partial, 0);
  jk_blueprint_free (NULL);
}

static void
cells_stand_in_file_order_without_the_empty_ones (void **state)
{
  static const JkCell wanted[] = {
    { 0, JK_ITEM_SINGLE, 1 },
    { 0, JK_ITEM_JUDGE, 1 },
    { 1, JK_ITEM_MULTIPLE, 2 },
  };
  g_autoptr (JkBlueprint) self = parse (GOOD);

  assert_int_equal (jk_blueprint_get_n_sections (self), 2);
  assert_string_equal (jk_blueprint_get_section (self, 0), "B-A");
  assert_string_equal (jk_blueprint_get_section (self, 1), "A-A");
  assert_int_equal (jk_blueprint_get_n_cells (self), 3);
  for (guint i = 0; i < 3; i++) {
    const JkCell *cell = jk_blueprint_get_cell (self, i);
    assert_int_equal (cell->section, wanted[i].section);
    assert_int_equal (cell->type, wanted[i].type);
    assert_int_equal (cell->count, wanted[i].count);
  }
  assert_int_equal (jk_blueprint_get_n_items (self), 4);
  assert_int_equal (jk_blueprint_count_type (self, JK_ITEM_MULTIPLE), 2);
}

static void
partial_marking_is_read (void **state)
{
  g_autofree char *text = replace (GOOD, "all-or-nothing", "partial:0.5");
  g_autoptr (JkBlueprint) self = parse (text);
  guint partial = 0;

  assert_int_equal (jk_blueprint_get_marking (self, &partial), JK_MARKING_PARTIAL);
  assert_int_equal (partial, 1);
  assert_int_equal (jk_blueprint_get_marking (self, NULL), JK_MARKING_PARTIAL);
}

/* Marks of each section, in its order: the weights that the demonstration uses. */
static const guint weights_4[] = { 5, 6, 5, 5, 4, 2, 3, 20, 18, 12, 12, 8 };
static const guint weights_3[] = { 5, 5, 3, 3, 4, 2, 3, 15, 12, 16, 12, 10, 10 };

static const struct {
  const char *file;
  guint level;
  guint n[JK_ITEM_TYPES];
  const guint *weights;
  guint n_sections;
  guint percents[JK_DIFFICULTY_MAX];
} shipped[] = {
  { "call-centre-4.ini", 4, { 60, 10, 20 }, weights_4, 12, { 10, 30, 40, 15, 5 } },
  { "call-centre-3.ini", 3, { 50, 15, 20 }, weights_3, 13, { 10, 25, 40, 20, 5 } },
  { "call-centre-4-classic.ini", 4, { 160, 0, 40 }, weights_4, 12, { 10, 30, 40, 15, 5 } },
  { "call-centre-3-classic.ini", 3, { 160, 0, 40 }, weights_3, 13, { 10, 25, 40, 20, 5 } },
};

static char *
dup_shipped_path (const char *file)
{
  return g_build_filename (g_getenv ("JIKAO_SOURCE_ROOT"), "data", "blueprints", file, NULL);
}

static void
every_shipped_blueprint_gives_each_section_its_weight (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shipped); i++) {
    g_autofree char *path = dup_shipped_path (shipped[i].file);
    g_autofree char *text = NULL;
    guint half_points[JK_SECTIONS_MAX] = { 0 };
    assert_true (g_file_get_contents (path, &text, NULL, NULL));
    g_autoptr (JkBlueprint) self = parse (text);

    assert_int_equal (jk_blueprint_get_level (self), shipped[i].level);
    assert_int_equal (jk_blueprint_get_total_half_points (self), 200);
    assert_int_equal (jk_blueprint_get_n_sections (self), shipped[i].n_sections);
    assert_string_equal (jk_blueprint_get_notice (self), "演示蓝图，非国家标准权重");
    for (guint type = JK_ITEM_SINGLE; type <= JK_ITEM_JUDGE; type++)
      assert_int_equal (jk_blueprint_count_type (self, (JkItemType) type), shipped[i].n[type - 1]);
    for (guint n = 0; n < jk_blueprint_get_n_cells (self); n++) {
      const JkCell *cell = jk_blueprint_get_cell (self, n);
      half_points[cell->section] += cell->count * jk_blueprint_get_half_points (self, cell->type);
    }
    for (guint n = 0; n < shipped[i].n_sections; n++)
      assert_int_equal (half_points[n], 2 * shipped[i].weights[n]);
    for (guint n = 0; n < JK_DIFFICULTY_MAX; n++)
      assert_int_equal (jk_blueprint_get_difficulty_percent (self, n + 1), shipped[i].percents[n]);
  }
}

static void
no_shipped_blueprint_is_left_out (void **state)
{
  g_autofree char *folder = dup_shipped_path ("");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  assert_non_null (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  assert_int_equal (n, G_N_ELEMENTS (shipped));
}

static void
points_are_read_exactly (void **state)
{
  accept ("judge=1", "judge=1.0");
  accept ("total=4.5", "total=04.5");
  refuse ("judge=1", "judge=0", "judge = 0;");
  refuse ("judge=1", "judge=0.0", "judge = 0.0");
  refuse ("judge=1", "judge=1.", "judge = 1.");
  refuse ("judge=1", "judge=.5", "judge = .5");
  refuse ("judge=1", "judge=1.25", "judge = 1.25");
  refuse ("judge=1", "judge=0.3", "judge = 0.3");
  refuse ("judge=1", "judge=1.55", "judge = 1.55");
  refuse ("judge=1", "judge=+1", "judge = +1");
  refuse ("judge=1", "judge=-1", "judge = -1");
  refuse ("judge=1", "judge=1,5", "judge = 1,5");
  refuse ("judge=1", "judge=1e0", "judge = 1e0");
  refuse ("judge=1", "judge=128", "from 0.5 to 127.5");
  refuse ("judge=1", "judge=4294967297", "judge = 4294967297");
  refuse ("total=4.5", "total=1000.5", "from 0.5 to 1000");
}

static void
points_of_an_unused_type_may_be_missing (void **state)
{
  g_autofree char *unused = replace (GOOD, "A-A=0/2/0", "A-A=0/0/3");
  g_autofree char *text = replace (unused, "multiple=1.5\n", "");
  g_autoptr (JkBlueprint) self = parse (text);

  assert_int_equal (jk_blueprint_get_half_points (self, JK_ITEM_MULTIPLE), 0);
  refuse ("multiple=1.5\n", "", "multiple");
  refuse_n (1, POINTS, "", "[points]");
}

static void
a_wrong_head_is_refused (void **state)
{
  g_autofree char *name = g_strnfill (JK_NAME_BYTES_MAX + 1, 'x');
  g_autofree char *long_name = g_strconcat ("name=", name, NULL);
  g_autofree char *notice = g_strconcat ("level=4\nnotice=", name, NULL);

  refuse ("name=N", "name=", "name");
  refuse ("name=N", long_name, "257 bytes");
  refuse ("level=4", notice, "notice of 257 bytes");
  refuse ("level=4", "level=0", "level = 0");
  refuse ("level=4", "level=6", "from 1 to 5");
  refuse ("level=4\n", "", "level");
  refuse (HEAD, "", "[blueprint]");
}

static void
a_wrong_sum_is_refused (void **state)
{
  refuse ("total=4.5", "total=5", "expected 4.5, the sum of cells times points");
  refuse ("total=4.5", "total=4", "total = 4;");
  refuse ("3=40", "3=41", "the sum 101");
  refuse ("3=40", "3=39", "the sum 99");
}

static void
a_wrong_difficulty_is_refused (void **state)
{
  refuse ("3=40", "3=101", "3 = 101");
  refuse ("3=40", "3=-1", "3 = -1");
  refuse ("3=40\n", "", "“3”");
  refuse ("3=40", "3=40\n6=0", "“6”");
  refuse (DIFFICULTY, "", "[difficulty]");
}

static void
a_wrong_marking_is_refused (void **state)
{
  refuse ("all-or-nothing", "some", "multiple = some");
  refuse ("all-or-nothing", "partial", "multiple = partial");
  refuse ("all-or-nothing", "partial:", "multiple = partial:");
  refuse ("all-or-nothing", "partial:0", "multiple = partial:0");
  refuse ("all-or-nothing", "partial:0.4", "multiple = partial:0.4");
  refuse ("all-or-nothing", "partial:2", "at most the 1.5 points");
  refuse (MARKING, "", "[marking]");
}

static void
wrong_cells_are_refused (void **state)
{
  g_autofree char *code = g_strnfill (JK_ID_BYTES_MAX + 1, 'x');

  refuse ("1/0/1", "1/0", "B-A = 1/0;");
  refuse ("1/0/1", "1/0/1/1", "B-A = 1/0/1/1");
  refuse ("1/0/1", "1//1", "B-A = 1//1");
  refuse ("1/0/1", "1/a/1", "B-A = 1/a/1");
  refuse ("1/0/1", "1/-1/1", "B-A = 1/-1/1");
  refuse ("1/0/1", "401/0/1", "B-A = 401/0/1");
  refuse ("1/0/1", "0/0/0", "at least one item");
  refuse ("1/0/1", "", "B-A");
  refuse ("1/0/1", "400/0/1", "403 items");
  refuse ("B-A", code, "at most 64 bytes");
  refuse (CELLS, "", "0 sections");
  refuse (CELLS, "[cells]\n", "0 sections");
}

static void
too_many_sections_are_refused (void **state)
{
  g_autoptr (GString) cells = g_string_new ("[cells]\n");
  for (guint i = 0; i <= JK_SECTIONS_MAX; i++)
    g_string_append_printf (cells, "S%u=1/0/0\n", i);
  refuse (CELLS, cells->str, "257 sections");
}

static void
unknown_keys_and_groups_are_refused (void **state)
{
  refuse ("level=4", "level=4\ncolour=red", "colour");
  refuse (CELLS, CELLS "[other]\na=1\n", "[other]");
  refuse ("judge=1", "judge=1\nessay=5", "essay");
}

static void
all_faults_come_in_one_report (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();

  assert_null (jk_blueprint_parse ("b.ini",
                                   "[blueprint]\nname=\nlevel=9\ntotal=x\n"
                                   "[points]\nsingle=0.2\nmultiple=1\njudge=1\n"
                                   "[marking]\nmultiple=maybe\n"
                                   "[difficulty]\n1=10\n2=20\n3=40\n4=20\n5=11\n"
                                   "[cells]\nA=1/1/1\nB=1\nC=0/0/0\n",
                                   report));
  assert_int_equal (jk_report_get_n_faults (report), 8);
}

static void
a_text_that_is_no_key_file_is_refused (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  assert_null (jk_blueprint_parse ("b.ini", "", report));
  assert_int_equal (jk_report_get_n_faults (report), 1);
}

static void
faults_of_other_files_do_not_count (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  jk_report_fault_at_line (report, "other.ini", 1, "", "", "something");
  g_autoptr (JkBlueprint) self = jk_blueprint_parse ("b.ini", GOOD, report);
  assert_non_null (self);
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_good_text_is_read_whole),
    cmocka_unit_test (cells_stand_in_file_order_without_the_empty_ones),
    cmocka_unit_test (partial_marking_is_read),
    cmocka_unit_test (every_shipped_blueprint_gives_each_section_its_weight),
    cmocka_unit_test (no_shipped_blueprint_is_left_out),
    cmocka_unit_test (points_are_read_exactly),
    cmocka_unit_test (points_of_an_unused_type_may_be_missing),
    cmocka_unit_test (a_wrong_head_is_refused),
    cmocka_unit_test (a_wrong_sum_is_refused),
    cmocka_unit_test (a_wrong_difficulty_is_refused),
    cmocka_unit_test (a_wrong_marking_is_refused),
    cmocka_unit_test (wrong_cells_are_refused),
    cmocka_unit_test (too_many_sections_are_refused),
    cmocka_unit_test (unknown_keys_and_groups_are_refused),
    cmocka_unit_test (all_faults_come_in_one_report),
    cmocka_unit_test (a_text_that_is_no_key_file_is_refused),
    cmocka_unit_test (faults_of_other_files_do_not_count),
  };
  return cmocka_run_group_tests_name ("blueprint", tests, check_setup, NULL);
}
