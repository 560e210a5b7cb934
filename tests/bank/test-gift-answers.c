/* SPDX-License-Identifier: Apache-2.0 */
/* tests of bank/gift-answers.c */
#include "bank/gift-answers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static JkItem *
read_choice (const char *answers, JkReport *report)
{
  JkGiftPlace place = { .file = "x.gift", .report = report, .line = 3 };
  g_autoptr (JkItem) item = jk_item_new ("x.gift", 3);

  return jk_gift_read_choice (&place, answers, item) ? g_steal_pointer (&item) : NULL;
}

/* The options as "text" or "+text" for right ones, with | between. */
static char *
describe (const JkItem *item)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < item->options->len; i++) {
    const JkOption *option = g_ptr_array_index (item->options, i);
    g_string_append_printf (all,
                            "%s%s%s",
                            i > 0 ? "|" : "",
                            option->right ? "+" : "",
                            option->text);
  }
  return g_string_free (all, FALSE);
}

static void
types_are_told_in_moodles_order (void **state)
{
  static const struct {
    const char *answers;
    JkGiftType type;
  } cases[] = {
    { "", JK_GIFT_TYPE_ESSAY },
    { "#1~2", JK_GIFT_TYPE_NUMERICAL },
    { "=a ~b", JK_GIFT_TYPE_CHOICE },
    { "=a -> b ~c", JK_GIFT_TYPE_CHOICE },
    { "=a -> b =c -> d", JK_GIFT_TYPE_MATCHING },
    { "a -> b", JK_GIFT_TYPE_SHORT_ANSWER },
    { "T", JK_GIFT_TYPE_TRUE_FALSE },
    { "TRUE#wrong#right", JK_GIFT_TYPE_TRUE_FALSE },
    { "F #wrong", JK_GIFT_TYPE_TRUE_FALSE },
    { "FALSE", JK_GIFT_TYPE_TRUE_FALSE },
    { "t", JK_GIFT_TYPE_SHORT_ANSWER },
    { "True", JK_GIFT_TYPE_SHORT_ANSWER },
    { "TT", JK_GIFT_TYPE_SHORT_ANSWER },
    { "=no one =nobody", JK_GIFT_TYPE_SHORT_ANSWER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_int_equal (jk_gift_find_type (cases[i].answers), cases[i].type);
}

static void
choices_are_read_with_their_weights (void **state)
{
  static const struct {
    const char *answers;
    const char *options;
    JkItemType type;
  } cases[] = {
    { "~Grant ~Jefferson =no one", "Grant|Jefferson|+no one", JK_ITEM_SINGLE },
    { "=a\n~b\n~c", "+a|b|c", JK_ITEM_SINGLE },
    { "~%50%a ~%-100%b ~%50%c", "+a|b|+c", JK_ITEM_MULTIPLE },
    { "~%33.33333%a ~%0%b ~%100%c ~%.5%d", "+a|b|+c|%.5%d", JK_ITEM_MULTIPLE },
    { "~%00.5%a ~%5.%b ~%1234%c ~%0.0%d", "+a|+b|+c|d", JK_ITEM_MULTIPLE },
    { "~% 50%a ~%%b ~%-%c ~%5.0.0%d", "% 50%a|%%b|%-%c|%5.0.0%d", JK_ITEM_MULTIPLE },
    { "~%50 ~%5x%", "%50|%5x%", JK_ITEM_MULTIPLE },
    { "=%50%a ~b", "+%50%a|b", JK_ITEM_SINGLE },
    { "first ~second =third", "first|second|+third", JK_ITEM_SINGLE },
    { "%50%first ~second", "+first|second", JK_ITEM_MULTIPLE },
    { "0 ~1", "0|1", JK_ITEM_MULTIPLE },
    { "~a#feedback#more ~[plain]b", "a|b", JK_ITEM_MULTIPLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JkReport) report = jk_report_new ();
    g_autoptr (JkItem) item = read_choice (cases[i].answers, report);
    assert_non_null (item);
    g_autofree char *options = describe (item);
    assert_string_equal (options, cases[i].options);
    assert_int_equal (item->type, cases[i].type);
    assert_int_equal (jk_report_get_n_faults (report), 0);
  }
}

static void
feedback_goes_with_its_option_and_into_the_rationale (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkItem) one = read_choice ("~a#no =b # yes # really ~c", report);
  g_autoptr (JkItem) two = read_choice ("~%50%a#first ~%50%b#second ~%50%d# ~c#wrong", report);
  g_autoptr (JkItem) none = read_choice ("~a =b", report);
  const JkOption *option = g_ptr_array_index (one->options, 0);

  assert_string_equal (option->feedback, "no");
  assert_string_equal (one->rationale, "yes # really");
  assert_string_equal (two->rationale, "first\nsecond");
  assert_null (none->rationale);
}

static void
a_text_that_looks_like_a_weight_is_noticed (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkItem) item = read_choice ("=%100%right ~5 %", report);

  assert_non_null (item);
  assert_int_equal (jk_report_get_n_faults (report), 0);
  assert_int_equal (jk_report_get_n (report), 1);
  assert_string_equal (jk_report_get (report, 0)->place, "line 3");
}

static void
broken_choices_are_refused_with_their_line (void **state)
{
  static const struct {
    const char *answers;
    const char *found;
  } cases[] = {
    { "=~a", "option 1 is empty" },
    { "=a ~", "option 2 is empty" },
    { "=#ff0000 ~b", "option 1 is empty" },
    { "~%50% ~b", "option 1 is empty" },
    { "~a ~%--50%b", "a weight with several minus signs in option 2" },
    { "=a~b~c~d~e~f~g~h~i", "9 options" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JkReport) report = jk_report_new ();
    assert_null (read_choice (cases[i].answers, report));
    assert_int_equal (jk_report_get_n_faults (report), 1);
    assert_string_equal (jk_report_get (report, 0)->found, cases[i].found);
    assert_string_equal (jk_report_get (report, 0)->place, "line 3");
  }
}

static void
true_false_has_wrong_feedback_first (void **state)
{
  static const struct {
    const char *answers;
    const char *rationale;
    gboolean is_true;
  } cases[] = {
    { "T", NULL, TRUE },
    { "TRUE#wrong#right", "right", TRUE },
    { "F # wrong # right # of course", "right # of course", FALSE },
    { "FALSE#only wrong", "only wrong", FALSE },
    { "FALSE##right", "right", FALSE },
    { "T#", NULL, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JkItem) item = jk_item_new ("x.gift", 1);
    JkGiftPlace place = { .file = "x.gift", .line = 1 };
    jk_gift_read_true_false (&place, cases[i].answers, item);
    assert_int_equal (item->type, JK_ITEM_JUDGE);
    assert_int_equal (item->judge_true, cases[i].is_true);
    assert_int_equal (item->options->len, 0);
    if (cases[i].rationale == NULL)
      assert_null (item->rationale);
    else
      assert_string_equal (item->rationale, cases[i].rationale);
  }
}

static void
a_formatted_text_is_noted (void **state)
{
  JkGiftPlace place = { .file = "x.gift", .line = 1 };
  g_autofree char *plain = jk_gift_place_read (&place, "[plain]x", 8);
  assert_non_null (plain);
  assert_false (place.formatted);
  g_autofree char *html = jk_gift_place_read (&place, "[html]x", 7);
  assert_true (place.formatted);
  assert_string_equal (html, "x");
  assert_null (jk_gift_place_read (&place, "[html]", 6));
}

static void
each_refused_type_is_named_with_advice (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  JkGiftPlace place = { .file = "x.gift", .report = report, .line = 9 };

  for (JkGiftType type = JK_GIFT_TYPE_DESCRIPTION; type <= JK_GIFT_TYPE_SEVERAL_ANSWERS; type++)
    jk_gift_refuse_type (&place, type);
  assert_int_equal (jk_report_get_n_faults (report), 6);
  for (guint i = 0; i < 6; i++) {
    assert_true (strlen (jk_report_get (report, i)->found) > 10);
    assert_true (strlen (jk_report_get (report, i)->advice) > 10);
    assert_string_equal (jk_report_get (report, i)->place, "line 9");
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (types_are_told_in_moodles_order),
    cmocka_unit_test (choices_are_read_with_their_weights),
    cmocka_unit_test (feedback_goes_with_its_option_and_into_the_rationale),
    cmocka_unit_test (a_text_that_looks_like_a_weight_is_noticed),
    cmocka_unit_test (broken_choices_are_refused_with_their_line),
    cmocka_unit_test (true_false_has_wrong_feedback_first),
    cmocka_unit_test (a_formatted_text_is_noted),
    cmocka_unit_test (each_refused_type_is_named_with_advice),
  };
  return cmocka_run_group_tests_name ("bank/gift-answers", tests, NULL, NULL);
}
