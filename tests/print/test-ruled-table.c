/* SPDX-License-Identifier: Apache-2.0 */
/* tests of print/ruled-table.c */
#include "print/ruled-table.h"
#include "print/printed.h"

static const JkRuledColumn columns[] = {
  { "编号", 30, JK_ALIGN_CENTRE },
  { "内容", 0, JK_ALIGN_LEFT },
  { "右侧", 40, JK_ALIGN_RIGHT },
};

static void
draw (JkDocument *document, gconstpointer data)
{
  const JkRuledTable table = { .columns = columns,
                               .cells = (GPtrArray *) data,
                               .n_columns = G_N_ELEMENTS (columns),
                               .row_height = 8,
                               .size_pt = 9 };

  jk_ruled_table_draw (&table, document);
}

/* Three cells for each row. */
static char **
print_cells (GPtrArray *cells)
{
  const JkDocumentPlan plan = { .title = "测试单" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = jk_document_print (&plan, draw, cells, &error);

  return read_pages (pdf, error);
}

static void
add_rows (GPtrArray *cells, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_ptr_array_add (cells, g_strdup_printf ("<%u>", i));
    g_ptr_array_add (cells, NULL);
    g_ptr_array_add (cells, g_strdup ("右"));
  }
}

static void
heads_stand_on_every_page_and_rows_once (void **state)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  add_rows (cells, 1000);
  g_auto (GStrv) pages = print_cells (cells);
  assert_int_equal (g_strv_length (pages), 32); /* 32 rows of 8 mm on each */
  for (guint i = 0; pages[i] != NULL; i++) {
    assert_int_equal (count_in (pages[i], "编号"), 1);
    assert_int_equal (count_in (pages[i], "内容"), 1);
  }
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *number = g_strdup_printf ("<%u>", i);
    assert_int_equal (count_on_pages (pages, number), 1);
  }
}

static void
a_long_text_makes_its_row_higher (void **state)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (text, "第%u句话。", i);
  add_rows (cells, 3);
  g_free (cells->pdata[1]);
  cells->pdata[1] = g_strdup (text->str);
  g_auto (GStrv) pages = print_cells (cells);
  g_autofree char *dense = dup_dense (pages[0]);

  assert_int_equal (g_strv_length (pages), 1);
  assert_non_null (strstr (dense, "第99句话"));
  assert_non_null (strstr (dense, "<2>"));
}

static void
a_text_that_would_fill_a_page_is_cut_and_the_rest_goes_on (void **state)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  add_rows (cells, 3);
  g_free (cells->pdata[4]);
  cells->pdata[4] = g_strnfill (20000, 'w');
  g_auto (GStrv) pages = print_cells (cells);

  assert_int_equal (g_strv_length (pages), 3);
  assert_non_null (strstr (pages[0], "<0>"));
  assert_non_null (strstr (pages[1], "<1>"));
  assert_non_null (strstr (pages[2], "<2>"));
}

static void
without_rows_there_is_no_table (void **state)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) pages = print_cells (cells);

  assert_int_equal (count_on_pages (pages, "编号"), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (heads_stand_on_every_page_and_rows_once),
    cmocka_unit_test (a_long_text_makes_its_row_higher),
    cmocka_unit_test (a_text_that_would_fill_a_page_is_cut_and_the_rest_goes_on),
    cmocka_unit_test (without_rows_there_is_no_table),
  };
  return cmocka_run_group_tests_name ("ruled-table", tests, NULL, NULL);
}
