/* SPDX-License-Identifier: Apache-2.0 */
/* Tests common/paragraph.c. */
#include "ui/stage.h"

#include "common/paragraph.h"

#define HAN_38 "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八"

static int
measure_width (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static int
measure_height (GtkWidget *widget, int width)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

/* Shows a paragraph that is as large as it wants to be. */
static GtkWindow *
show (const char *text, GtkWidget **out)
{
  *out = jk_paragraph_new (text);
  gtk_widget_set_halign (*out, GTK_ALIGN_START);
  gtk_widget_set_valign (*out, GTK_ALIGN_START);
  return jk_stage_show (*out);
}

static void
a_line_has_38_han_characters_at_the_most (void **state)
{
  GtkWidget *exact, *longer;
  GtkWindow *first = show (HAN_38, &exact);
  GtkWindow *second = show (HAN_38 HAN_38 HAN_38, &longer);

  assert_int_equal (measure_width (exact), measure_width (longer));
  int width = measure_width (exact);
  int line = measure_height (exact, width);
  assert_in_range (measure_height (longer, width), line * 5 / 2, line * 7 / 2);
  assert_true (measure_height (longer, width / 2) > measure_height (longer, width));
  jk_stage_close (first);
  jk_stage_close (second);
}

static void
a_short_text_is_as_wide_as_it_is (void **state)
{
  GtkWidget *digits, *han;
  GtkWindow *first = show ("1:12:46", &digits);
  GtkWindow *second = show ("一二三四五六七", &han);

  assert_true (measure_width (digits) < measure_width (han) * 2 / 3);
  jk_stage_close (first);
  jk_stage_close (second);
}

static void
what_ticks_is_told_to_screen_readers_when_the_words_change (void **state)
{
  GtkWidget *widget;
  GtkWindow *window = show (NULL, &widget);
  JkParagraph *paragraph = JK_PARAGRAPH (widget);
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  jk_paragraph_set_ticking (paragraph, "0:00:59", "1 minute");
  jk_stage_settle ();
  jk_paragraph_set_ticking (paragraph, "0:00:58", "1 minute");
  assert_string_equal (jk_paragraph_get_text (paragraph), "0:00:58");
  assert_null (
      gtk_test_accessible_check_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "1 minute"));
  jk_paragraph_set_ticking (paragraph, "0:00:57", "soon");
  assert_null (
      gtk_test_accessible_check_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "soon"));
  jk_stage_close (window);
}

static void
a_text_that_became_longer_gets_its_room (void **state)
{
  GtkWidget *widget;
  GtkWindow *window = show ("0:00:59", &widget);
  int before = gtk_widget_get_width (widget);

  jk_paragraph_set_text (JK_PARAGRAPH (widget), "十二:00:59");
  jk_stage_wait_ms (100);
  assert_true (gtk_widget_get_width (widget) > before);
  jk_stage_close (window);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_line_has_38_han_characters_at_the_most),
    cmocka_unit_test (a_short_text_is_as_wide_as_it_is),
    cmocka_unit_test (what_ticks_is_told_to_screen_readers_when_the_words_change),
    cmocka_unit_test (a_text_that_became_longer_gets_its_room),
  };

  g_setenv ("GTK_A11Y", "test", TRUE);
  if (!jk_stage_open ())
    return 0;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
