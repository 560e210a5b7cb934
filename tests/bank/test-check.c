/* SPDX-License-Identifier: Apache-2.0 */
/* tests of bank/check.c: each fault by the source that has it and no other. */
#include "bank/check.h"

#include "fixture.h"

#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define HEAD "// [id:q1] [tag:point:A-1] [tag:difficulty:1]\n"

static JkReport *
check (const char *gift)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  JkReport *report = jk_report_new ();
  g_autofree char *path = fixture_put_source (fixture, gift);
  g_autoptr (JkSource) source = jk_source_load (fixture_disk (fixture), path, report);

  assert_non_null (source);
  return report;
}

static void
each_fault_of_an_item_is_found (void **state)
{
  static const struct {
    const char *gift;
    const char *found;
  } cases[] = {
    { "// [tag:point:A-1] [tag:difficulty:1]\nWhich? {T}", "a question without id" },
    { "// [id:a b] [tag:point:A-1] [tag:difficulty:1]\nWhich? {T}", "id \"a b\"" },
    { HEAD "Which? {T}\n\n" HEAD "Other? {T}", "id q1, which" },
    { HEAD "{T}", "no text as question text" },
    { HEAD "Which  one? {T}\n\n// [id:q2] [tag:point:A-1] [tag:difficulty:1]\nWhich\none? {F}",
      "the question text that stands at line 1" },
    { "// [id:q1] [tag:difficulty:1]\nWhich? {T}", "no element" },
    { "// [id:q1] [tag:point:C-1] [tag:difficulty:1]\nWhich? {T}", "element \"C-1\"" },
    { "// [id:q1] [tag:point:A-1]\nWhich? {T}", "difficulty 0" },
    { HEAD "Which? {~%100%a}", "1 options" },
    { HEAD "Which? {=a =b ~c}", "2 right options in a single choice" },
    { HEAD "Which? {~%50%a =b}", "2 right options in a single choice" },
    { HEAD "Which? {~%50%a ~b}", "1 right options in a multiple choice" },
    { HEAD "Which? {~a ~b}", "0 right options in a multiple choice" },
    { HEAD "Which? {=a b ~a  b}", "option 2, which is like one before it" },
    { HEAD "Which? {=a ~b\x01}", "U+0001 in option 2" },
    { HEAD "Which\xEF\xBB\xBF? {=a ~b}", "U+FEFF in question text" },
    { HEAD "Which? {=a#x\x7F ~b####fine}", "U+007F in feedback" },
    { HEAD "Which? {=a ~b####x\xC2\x85y}", "U+0085 in rationale" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JkReport) report = check (cases[i].gift);
    guint n = strstr (cases[i].found, "1 options") != NULL ? 2 : 1;
    fixture_assert_faults (report, n, n == 2 ? "1 " : cases[i].found);
    assert_true (fixture_found (report, cases[i].found));
    assert_true (strlen (jk_report_get (report, 0)->advice) > 5);
  }
}

static void
options_that_only_look_related_are_not_alike (void **state)
{
  g_autoptr (JkReport) report = check (HEAD "How many? {=10² ~102 ~10 2 ~１０２}");
  fixture_assert_faults (report, 0, "");
}

static void
texts_beyond_their_limits_are_found (void **state)
{
  static const struct {
    const char *format;
    gsize max;
    const char *found;
  } cases[] = {
    { "// [id:%s] [tag:point:A-1] [tag:difficulty:1]\nWhich? {T}", JK_ID_BYTES_MAX, "id \"" },
    { HEAD "%s{T}", JK_STEM_BYTES_MAX, "question text of" },
    { HEAD "Which? {=%s ~b}", JK_OPTION_BYTES_MAX, "option 1 of" },
    { HEAD "Which? {=a ~b#%s}", JK_RATIONALE_BYTES_MAX, "feedback of" },
    { HEAD "Which? {T####%s}", JK_RATIONALE_BYTES_MAX, "rationale of" },
    { "// [tag:enemy:%s]\n" HEAD "Which? {T}", JK_NAME_BYTES_MAX, "name of enemies of" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize more = 0; more < 2; more++) {
      g_autofree char *text = g_strnfill (cases[i].max + more, 'x');
      g_auto (GStrv) parts = g_strsplit (cases[i].format, "%s", 2);
      g_autofree char *gift = g_strconcat (parts[0], text, parts[1], NULL);
      g_autoptr (JkReport) report = check (gift);
      fixture_assert_faults (report, (guint) more, cases[i].found);
    }
}

static void
all_faults_come_in_one_run (void **state)
{
  g_autoptr (JkReport) report =
      check ("// [tag:point:Z]\nWhich? {~%50%a =b ~b}\n\n// [id:?]\nWhich? {T}\n\nSay. {}\n");

  assert_int_equal (jk_report_get_n_faults (report), 1 + 5 + 4);
}

static void
unused_elements_are_noticed (void **state)
{
  g_autoptr (JkReport) report = check (HEAD "Which? {T}");

  assert_int_equal (jk_report_get_n_faults (report), 0);
  assert_int_equal (jk_report_get_n (report), 1);
  assert_string_equal (jk_report_get (report, 0)->found, "elements A-2, B-1 without an item");
  assert_int_equal (jk_report_get (report, 0)->kind, JK_FINDING_NOTICE);
}

static void
an_unusual_mix_of_importance_is_noticed (void **state)
{
  static const struct {
    const char *elements;
    gboolean is_noticed;
  } cases[] = {
    { "A-1=a;X\nA-2=b;X\nA-3=c;X\nA-4=d;X\n", FALSE },
    { "A-1=a;X\nA-2=b;X\nA-3=c;X\nA-4=d;Y\n", TRUE },
    { "A-1=a;X\nA-2=b;X\nA-3=c;X\nA-4=d;X\nA-5=e;Y\n", TRUE },
    { "A-1=a;X\nA-2=b;X\nA-3=c;X\nA-4=d;X\nA-5=e;X\nA-6=f;X\nA-7=g;Y\n", FALSE },
    { "A-1=a;X\nA-2=b;X\nA-3=c;X\nA-4=d;X\nA-5=e;X\nA-6=f;X\nA-7=g;Z\n", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
    g_autoptr (JkReport) report = jk_report_new ();
    g_autofree char *ini =
        g_strconcat ("[bank]\nname=x\nsources=x.gift\n[sections]\nA=a\n[elements]\n",
                     cases[i].elements,
                     NULL);
    g_autofree char *path = jk_test_folder_put_text (folder, "bank.ini", ini);
    g_autofree char *gift = jk_test_folder_put_text (folder, "x.gift", HEAD "Which? {T}");
    assert_non_null (gift);
    g_autoptr (JkSource) source = jk_source_load (jk_storage_system (), path, report);
    assert_non_null (source);
    fixture_assert_faults (report, 0, "");
    assert_int_equal (fixture_found (report, "importance X:Y:Z of"), cases[i].is_noticed);
  }
}

static void
codes_are_short_and_plain (void **state)
{
  g_autofree char *longest = g_strnfill (JK_ID_BYTES_MAX, 'a');
  g_autofree char *too_long = g_strnfill (JK_ID_BYTES_MAX + 1, 'a');

  assert_true (jk_check_is_code ("A-A-A-001.v2_x"));
  assert_true (jk_check_is_code (longest));
  assert_false (jk_check_is_code (too_long));
  assert_false (jk_check_is_code (""));
  assert_false (jk_check_is_code ("a b"));
  assert_false (jk_check_is_code ("a/b"));
  assert_false (jk_check_is_code ("鉴定点"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_fault_of_an_item_is_found),
    cmocka_unit_test (options_that_only_look_related_are_not_alike),
    cmocka_unit_test (texts_beyond_their_limits_are_found),
    cmocka_unit_test (all_faults_come_in_one_run),
    cmocka_unit_test (unused_elements_are_noticed),
    cmocka_unit_test (an_unusual_mix_of_importance_is_noticed),
    cmocka_unit_test (codes_are_short_and_plain),
  };
  return cmocka_run_group_tests_name ("bank/check", tests, NULL, NULL);
}
