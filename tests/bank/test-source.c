/* SPDX-License-Identifier: Apache-2.0 */
/* tests of bank/source.c */
#include "bank/source.h"

#include "fixture.h"

#include "base/limits.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define GIFT "// [id:q1] [tag:point:A-1] [tag:difficulty:1]\nWhich? {T}\n"
#define BANK "[bank]\nname=x\nsources=x.gift\n"
#define TABLES "[sections]\nA=a\n[elements]\nA-1=b;X\n"

static JkSource *
load (const char *ini, const char *gift, JkReport *report)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *ini_path = jk_test_folder_put_text (folder, "bank.ini", ini);
  g_autofree char *gift_path = jk_test_folder_put_text (folder, "x.gift", gift);
  assert_non_null (gift_path);

  return jk_source_load (jk_storage_system (), ini_path, report);
}

static void
a_source_gives_back_what_its_files_say (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSource) source = fixture_load_source (fixture, fixture_gift);

  assert_string_equal (jk_source_get_name (source), "Tiny bank");
  assert_string_equal (jk_source_get_notice (source), "For tests only");
  assert_int_equal (jk_source_get_n_sections (source), 2);
  assert_string_equal (jk_source_get_section (source, 1)->code, "B");
  assert_string_equal (jk_source_get_section (source, 1)->name, "Work");
  assert_int_equal (jk_source_get_n_elements (source), 3);
  const JkElement *element = jk_source_get_element (source, 2);
  assert_string_equal (element->code, "B-1");
  assert_string_equal (element->name, "Sums");
  assert_int_equal (element->importance, 'X');
  assert_int_equal (element->section, 1);
  assert_int_equal (jk_source_get_n_items (source), FIXTURE_ITEMS);
  assert_string_equal (jk_source_get_item (source, 3)->id, "b1");
  assert_int_equal (jk_source_get_item_element (source, 3), 2);
  assert_int_equal (g_bytes_get_size (jk_source_get_item_picture (source, 3)), 11);
  assert_null (jk_source_get_item_picture (source, 0));
  jk_source_free (NULL);
}

static void
an_element_lies_below_the_longest_section (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkSource) source =
      load (BANK "[sections]\nA=a\nA-B=b\nA-B-C=c\n[elements]\nA-1=x;X\nA-B-1=y;X\nA-B-C1=z;X\n",
            GIFT,
            report);

  assert_non_null (source);
  assert_string_equal (jk_source_get_notice (source), "");
  for (guint i = 0; i < 3; i++)
    assert_int_equal (jk_source_get_element (source, i)->section, i);
}

static void
each_fault_of_the_ini_is_found (void **state)
{
  g_autofree char *name = g_strnfill (JK_NAME_BYTES_MAX + 1, 'n');
  g_autofree char *long_name =
      g_strconcat ("[bank]\nname=", name, "\nsources=x.gift\n" TABLES, NULL);
  const struct {
    const char *ini;
    const char *found;
  } cases[] = {
    { BANK "[sections]\nA=a\nB b=b\n[elements]\nA-1=b;X\n", "the code \"B b\"" },
    { BANK "[sections]\nA=a\n[elements]\nA-1=b;X\nA 2=b;X\n", "the code \"A 2\"" },
    { BANK "[sections]\nA=a\n[elements]\nA-1=b;X\nA-2=b;W\n", "\"W\"" },
    { BANK "[sections]\nA=a\n[elements]\nA-1=b;X\nA-2=b\n", "\"b\"" },
    { BANK "[sections]\nA=a\n[elements]\nA-1=b;X\nA-2=;X\n", "an empty or malformed value in A-2" },
    { BANK "[sections]\nA=a\n[elements]\nA-1=b;X\nC-2=b;X\n", "an element below no section" },
    { "[bank]\nname=x\nsources=x.gift;x.gift\n" TABLES, "x.gift twice" },
    { "[bank]\nname=x\nsources=x.gift;../x.gift\n" TABLES, "\"../x.gift\"" },
    { "[bank]\nname=x\nsources=x.gift;/etc/passwd\n" TABLES, "\"/etc/passwd\"" },
    { "[bank]\nname=x\nsources=x.gift;..\n" TABLES, "\"..\"" },
    { "[bank]\nname=x\nsources=x.gift;a\\\\b\n" TABLES, "\"a\\b\"" },
    { "[bank]\nname=x\nsources=x.gift;.x\n" TABLES, "\".x\"" },
    { long_name, "a name of 257 bytes" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JkReport) report = jk_report_new ();
    g_autoptr (JkSource) source = load (cases[i].ini, GIFT, report);
    assert_non_null (source);
    fixture_assert_faults (report, 1, cases[i].found);
  }
}

static void
empty_tables_and_empty_banks_are_faults (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkSource) empty = load (BANK TABLES, "", report);
  assert_non_null (empty);
  fixture_assert_faults (report, 1, "0 items");

  g_autoptr (JkReport) no_tables = jk_report_new ();
  g_autoptr (JkSource) bare = load (BANK, GIFT, no_tables);
  assert_non_null (bare);
  assert_true (fixture_found (no_tables, "0 sections"));
  assert_true (fixture_found (no_tables, "0 elements"));
}

static void
too_many_sections_are_a_fault (void **state)
{
  g_autoptr (GString) ini = g_string_new (BANK "[elements]\nA0=b;X\nA-1=b;X\n[sections]\nA=a\n");
  for (guint i = 0; i < JK_SECTIONS_MAX; i++)
    g_string_append_printf (ini, "B%u=b\n", i);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkSource) source = load (ini->str, GIFT, report);

  assert_true (fixture_found (report, "257 sections"));
  assert_int_equal (jk_source_get_n_sections (source), JK_SECTIONS_MAX);
}

static void
an_unknown_key_is_a_fault (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkSource) source = load (BANK "nmae=x\n" TABLES, GIFT, report);
  assert_non_null (source);

  assert_int_equal (jk_report_get_n_faults (report), 1);
}

static void
a_missing_ini_or_gift_is_reported (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autoptr (JkReport) report = jk_report_new ();
  g_autofree char *path = jk_test_folder_dup_path (folder, "bank.ini");
  assert_null (jk_source_load (jk_storage_system (), path, report));
  assert_int_equal (jk_report_get_n_faults (report), 1);

  g_autofree char *ini = jk_test_folder_put_text (folder, "bank.ini", BANK TABLES);
  g_autoptr (JkSource) source = jk_source_load (jk_storage_system (), ini, report);
  assert_non_null (source);
  assert_int_equal (jk_report_get_n_faults (report), 3);

  g_autofree char *broken = jk_test_folder_put_text (folder, "bank.ini", "no key file");
  g_autoptr (JkReport) second = jk_report_new ();
  assert_null (jk_source_load (jk_storage_system (), broken, second));
  assert_true (jk_report_get_n_faults (second) >= 1);
}

static void
pictures_are_checked_where_they_are_named (void **state)
{
  static const struct {
    const char *name;
    const char *found;
  } cases[] = {
    { "gone.png", "picture gone.png: " },
    { "../dot.png", "picture \"../dot.png\"" },
    { "text.png", "neither PNG nor JPEG" },
    { "large.png", "picture large.png: " },
    { ".hidden.png", "picture \".hidden.png" },
    { "dot.jpg", NULL },
    { "dot.png", NULL },
  };
  static const guint8 jpeg[] = { 0xFF, 0xD8, 0xFF, 0xE0 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Fixture) fixture = fixture_new ();
    g_autoptr (JkReport) report = jk_report_new ();
    g_autoptr (GBytes) jpg = g_bytes_new_static (jpeg, sizeof jpeg);
    g_autofree char *large = g_strnfill (JK_PICTURE_BYTES_MAX + 1, 'x');
    g_autofree char *text_path = jk_test_folder_put_text (fixture->folder, "text.png", "x");
    assert_non_null (text_path);
    g_autofree char *large_path = jk_test_folder_put_text (fixture->folder, "large.png", large);
    assert_non_null (large_path);
    g_autofree char *jpg_path = jk_test_folder_put (fixture->folder, "dot.jpg", jpg);
    assert_non_null (jpg_path);
    g_autofree char *gift =
        g_strdup_printf ("// [tag:picture:%s]\n" GIFT "\n"
                         "// [id:q2] [tag:point:A-1] [tag:difficulty:1] [tag:picture:%s]\nB{F}\n",
                         cases[i].name,
                         cases[i].name);
    g_autofree char *path = fixture_put_source (fixture, gift);
    g_autoptr (JkSource) source = jk_source_load (fixture_disk (fixture), path, report);
    fixture_assert_faults (report, cases[i].found != NULL, cases[i].found);
    assert_int_equal (jk_source_get_item_picture (source, 1) != NULL, cases[i].found == NULL);
  }
}

static void
a_disk_that_fails_is_reported_at_every_call (void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *path = fixture_put_source (fixture, fixture_gift);
  JkTestStorage *disk = jk_test_world_get_storage (fixture->world);
  guint n = 0;

  for (gboolean has_failed = TRUE; has_failed;) {
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, ++n, EIO, JK_TEST_FOR_GOOD);
    g_autoptr (JkReport) report = jk_report_new ();
    g_autoptr (JkSource) source = jk_source_load (fixture_disk (fixture), path, report);
    has_failed = jk_test_storage_has_failed (disk);
    if (source != NULL && jk_source_get_n_items (source) == FIXTURE_ITEMS &&
        jk_source_get_item_picture (source, 3) != NULL)
      assert_int_equal (jk_report_get_n_faults (report), 0);
    else
      assert_true (jk_report_get_n_faults (report) > 0);
  }
  assert_true (n > 9);
}

/* The text of the guide's block of that kind. */
static char *
dup_block (const char *guide, const char *opening)
{
  const char *begin = strstr (guide, opening);
  const char *end;

  assert_non_null (begin);
  begin += strlen (opening);
  end = strstr (begin, "```");
  assert_non_null (end);
  return g_strndup (begin, (gsize) (end - begin));
}

static void
the_example_of_the_guide_has_no_fault (void **state)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("JIKAO_SOURCE_ROOT"), "question-banks", "README.md", NULL);
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autoptr (JkReport) report = jk_report_new ();
  g_autofree char *guide = NULL;

  assert_true (g_file_get_contents (path, &guide, NULL, NULL));
  g_autofree char *ini = dup_block (guide, "```ini\n");
  g_autofree char *gift = dup_block (guide, "```text\n");
  g_autofree char *ini_path = jk_test_folder_put_text (folder, "bank.ini", ini);
  g_autofree char *gift_path = jk_test_folder_put_text (folder, "b-a.gift", gift);
  g_autofree char *picture_path =
      jk_test_folder_put_text (folder, "wo-form.png", "\x89PNG\r\n\x1A\n ");
  g_autoptr (JkSource) source = jk_source_load (jk_storage_system (), ini_path, report);

  fixture_assert_faults (report, 0, "");
  assert_int_equal (jk_report_get_n (report), 0);
  assert_int_equal (jk_source_get_n_items (source), 3);
  for (guint n = 0; n < 3; n++)
    assert_int_equal (jk_source_get_item (source, n)->type, n + JK_ITEM_SINGLE);
  assert_non_null (gift_path);
  assert_non_null (picture_path);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_source_gives_back_what_its_files_say),
    cmocka_unit_test (an_element_lies_below_the_longest_section),
    cmocka_unit_test (each_fault_of_the_ini_is_found),
    cmocka_unit_test (empty_tables_and_empty_banks_are_faults),
    cmocka_unit_test (too_many_sections_are_a_fault),
    cmocka_unit_test (an_unknown_key_is_a_fault),
    cmocka_unit_test (a_missing_ini_or_gift_is_reported),
    cmocka_unit_test (pictures_are_checked_where_they_are_named),
    cmocka_unit_test (a_disk_that_fails_is_reported_at_every_call),
    cmocka_unit_test (the_example_of_the_guide_has_no_fault),
  };
  return cmocka_run_group_tests_name ("bank/source", tests, NULL, NULL);
}
