/* SPDX-License-Identifier: Apache-2.0 */
/* tests of print/document.c */
#include "print/document-private.h"
#include "print/error.h"
#include "print/printed.h"

#include <sys/wait.h>
#include <unistd.h>

static const JkDocumentPlan plan = { .title = "测试单",
                                     .foot = "页脚",
                                     .date = "2021-04-24T09:00" };

static GBytes *
print_data (JkDocumentDraw draw, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf = jk_document_print (&plan, draw, data, &error);

  if (error != NULL)
    fail_msg ("%s", error->message);
  return pdf;
}

static void
draw_word (JkDocument *document, gconstpointer data)
{
  const JkPrintText text = { .text = data, .width = 60, .height_max = 20, .size_pt = 10 };

  jk_document_write (document, &text);
}

static gboolean
is_refused (const JkDocumentPlan *asked, JkDocumentDraw draw, gint code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = jk_document_print (asked, draw, "词", &error);

  return pdf == NULL && g_error_matches (error, JK_PRINT_ERROR, code) &&
         g_str_has_prefix (error->message, asked->title);
}

/* In a process of its own, for the list of fonts is read once. */
static void
without_any_font_nothing_is_printed (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path = jk_test_folder_put_text (folder, "fonts.conf", "<fontconfig/>\n");
  pid_t child = fork ();
  int status;

  if (child == 0) {
    g_setenv ("FONTCONFIG_FILE", path, TRUE);
    _exit (is_refused (&plan, draw_word, JK_PRINT_ERROR_FONT) ? 0 : 1);
  }
  assert_true (child > 0);
  assert_int_equal (waitpid (child, &status, 0), child);
  assert_int_equal (status, 0);
}

static void
without_the_letters_of_the_title_nothing_is_printed (void **state)
{
  const JkDocumentPlan strange = { .title = "\xf3\xb0\x80\x80" };

  assert_true (is_refused (&strange, draw_word, JK_PRINT_ERROR_FONT));
}

static void
draw_badly (JkDocument *document, gconstpointer data)
{
  cairo_restore (document->cairo); /* nothing was saved */
}

static void
a_drawing_that_fails_is_refused (void **state)
{
  assert_true (is_refused (&plan, draw_badly, JK_PRINT_ERROR_DRAWING));
}

static void
draw_three (JkDocument *document, gconstpointer data)
{
  const double height = jk_document_get_height (document);

  assert_false (jk_document_reserve (document, 2 * height)); /* already at the top of a page */
  draw_word (document, "第一张");
  jk_document_advance (document, height / 2);
  assert_false (jk_document_reserve (document, height / 2 - 1));
  assert_true (jk_document_reserve (document, height / 2 + 1));
  assert_true (jk_document_get_left (document) == height);
  draw_word (document, "第二张");
  jk_document_advance (document, height);
  assert_true (jk_document_reserve (document, 1));
  draw_word (document, "第三张");
}

static void
every_page_says_which_of_how_many_it_is (void **state)
{
  static const char *const words[] = { "第一张", "第二张", "第三张" };
  static const char *const feet[] = { "第1页共3页", "第2页共3页", "第3页共3页" };
  g_autoptr (GBytes) pdf = print_data (draw_three, NULL);
  g_auto (GStrv) pages = read_pages (pdf, NULL);

  assert_int_equal (g_strv_length (pages), 3);
  for (guint i = 0; i < 3; i++) {
    g_autofree char *page = dup_dense (pages[i]);
    assert_int_equal (count_in (page, words[i]), 1);
    assert_int_equal (count_in (page, feet[i]), 1);
    assert_int_equal (count_in (page, "页脚"), 1);
  }
}

static void
the_same_drawing_gives_the_same_bytes (void **state)
{
  g_autoptr (GBytes) one = print_data (draw_three, NULL);
  g_autoptr (GBytes) two = print_data (draw_three, NULL);

  assert_true (g_bytes_equal (one, two));
}

static gpointer
print_three (gpointer unused)
{
  return jk_document_print (&plan, draw_three, NULL, NULL);
}

static void
threads_draw_beside_each_other (void **state)
{
  g_autoptr (GBytes) wanted = print_data (draw_three, NULL);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("print", print_three, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    g_autoptr (GBytes) pdf = g_thread_join (threads[i]);
    assert_non_null (pdf);
    assert_true (g_bytes_equal (pdf, wanted));
  }
}

static void
draw_hostile (JkDocument *document, gconstpointer data)
{
  static const char *const texts[] = { HOSTILE_LONG,   HOSTILE_LINES,
                                       HOSTILE_MARKUP, HOSTILE_TURNED,
                                       HOSTILE_RIGHT,  HOSTILE_PICTURE,
                                       "末位考生",     "",
                                       "\xff bad" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    JkPrintText text = { .text = texts[i], .width = 30, .size_pt = 10 };
    double line = jk_document_measure (document, &text);
    assert_true (line > 3 && line < 12);
    text.height_max = 15;
    assert_true (jk_document_measure (document, &text) <= 15);
    text.height_max = 60;
    jk_document_write (document, &text);
    jk_document_advance (document, jk_document_measure (document, &text));
  }
}

static void
no_text_is_more_than_its_letters (void **state)
{
  g_autoptr (GBytes) pdf = print_data (draw_hostile, NULL);
  g_auto (GStrv) pages = read_pages (pdf, NULL);

  assert_int_equal (g_strv_length (pages), 1);
  check_hostile (pages);
}

static void
draw_long (JkDocument *document, gconstpointer data)
{
  JkPrintText text = { .text = data, .width = 30, .size_pt = 10 };

  jk_document_measure (document, &text);
  assert_true (pango_layout_is_ellipsized (document->layout));
  assert_int_equal (pango_layout_get_line_count (document->layout), 1);
  text.height_max = 20;
  assert_true (jk_document_measure (document, &text) <= 20);
  assert_true (pango_layout_is_ellipsized (document->layout));
  assert_true (pango_layout_get_line_count (document->layout) > 2);
  text.height_max = 400;
  jk_document_measure (document, &text);
  assert_false (pango_layout_is_ellipsized (document->layout));
}

static void
what_does_not_fit_ends_with_an_ellipsis (void **state)
{
  g_autofree char *letters = g_strnfill (500, 'w');
  g_autoptr (GBytes) one = print_data (draw_long, letters);
  g_autoptr (GBytes) two = print_data (draw_long,
                                       "一二三四五六七八九十一二三四五六七八九十一二三"
                                       "四五六七八九十一二三四五六七八九十一二三四五");
}

static void
draw_size (JkDocument *document, gconstpointer data)
{
  assert_true (jk_document_get_width (document) + 28 == (data != NULL ? 297 : 210));
  jk_document_line (document, 0, 1, 10, 1);
  jk_document_frame (document, 0, 1, 10, 10, TRUE);
}

static void
paper_is_a4_upright_or_on_its_side (void **state)
{
  const JkDocumentPlan lying = { .title = "测试单", .landscape = TRUE };
  g_autoptr (GBytes) upright = print_data (draw_size, NULL);
  g_autoptr (GBytes) wide = jk_document_print (&lying, draw_size, "", NULL);

  assert_non_null (wide);
  assert_true (g_bytes_get_size (upright) > 500);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (without_any_font_nothing_is_printed),
    cmocka_unit_test (without_the_letters_of_the_title_nothing_is_printed),
    cmocka_unit_test (a_drawing_that_fails_is_refused),
    cmocka_unit_test (every_page_says_which_of_how_many_it_is),
    cmocka_unit_test (the_same_drawing_gives_the_same_bytes),
    cmocka_unit_test (threads_draw_beside_each_other),
    cmocka_unit_test (no_text_is_more_than_its_letters),
    cmocka_unit_test (what_does_not_fit_ends_with_an_ellipsis),
    cmocka_unit_test (paper_is_a4_upright_or_on_its_side),
  };
  return cmocka_run_group_tests_name ("document", tests, NULL, NULL);
}
