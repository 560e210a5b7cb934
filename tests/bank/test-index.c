/* SPDX-License-Identifier: Apache-2.0 */
/* tests of bank/index.c */
#include "bank/index.h"

#include "base/limits.h"
#include "crypto/box.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define N_ROWS 3u
#define N_SECTIONS 2u
#define N_ELEMENTS 5u

static const JkIndexRow good = {
  .section = 1,
  .element = 4,
  .type = JK_ITEM_SINGLE,
  .difficulty = 5,
  .n_options = 4,
  .n_pinned = 1,
  .enemy = 3,
  .blob_size = 500,
  .blob_digest = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 },
};

static guint32
find_fault_with (const JkIndexRow *row, guint32 at)
{
  guint8 rows[N_ROWS * JK_INDEX_ROW_BYTES];
  JkIndex index = { .rows = rows, .n = N_ROWS };

  for (guint32 i = 0; i < N_ROWS; i++)
    jk_index_put_row (rows + i * JK_INDEX_ROW_BYTES, i == at ? row : &good);
  guint64 offsets[N_ROWS / JK_INDEX_OFFSET_ROWS + 1];
  guint64 total = 0;
  return jk_index_survey (&index, N_SECTIONS, N_ELEMENTS, offsets, &total);
}

static void
a_row_reads_back_as_it_was_written (void **state)
{
  guint8 bytes[JK_INDEX_ROW_BYTES];
  JkIndex index = { .rows = bytes, .n = 1 };
  JkIndexRow row;

  jk_index_put_row (bytes, &good);
  jk_index_get_row (&index, 0, &row);
  assert_int_equal (row.section, 1);
  assert_int_equal (row.element, 4);
  assert_int_equal (row.type, JK_ITEM_SINGLE);
  assert_int_equal (row.difficulty, 5);
  assert_int_equal (row.n_options, 4);
  assert_int_equal (row.n_pinned, 1);
  assert_int_equal (row.enemy, 3);
  assert_int_equal (row.blob_size, 500);
  assert_memory_equal (row.blob_digest, good.blob_digest, JK_BLOB_DIGEST_BYTES);
}

static void
the_short_getters_agree_with_the_row (void **state)
{
  guint8 bytes[JK_INDEX_ROW_BYTES];
  JkIndex index = { .rows = bytes, .n = 1 };

  jk_index_put_row (bytes, &good);
  assert_int_equal (jk_index_get_section (&index, 0), 1);
  assert_int_equal (jk_index_get_element (&index, 0), 4);
  assert_int_equal (jk_index_get_type (&index, 0), JK_ITEM_SINGLE);
  assert_int_equal (jk_index_get_difficulty (&index, 0), 5);
  assert_int_equal (jk_index_get_enemy (&index, 0), 3);
  assert_int_equal (jk_index_get_blob_size (&index, 0), 500);
}

static void
good_rows_have_no_fault (void **state)
{
  JkIndexRow judge = good;
  judge.type = JK_ITEM_JUDGE;
  judge.n_options = 2;
  judge.n_pinned = 0;
  judge.enemy = 0;

  assert_int_equal (find_fault_with (&good, 0), N_ROWS);
  assert_int_equal (find_fault_with (&judge, 1), N_ROWS);
}

static void
a_row_beyond_its_limits_is_found (void **state)
{
  JkIndexRow bad[15];
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    bad[i] = good;
  bad[n++].section = N_SECTIONS;
  bad[n++].element = N_ELEMENTS;
  bad[n++].type = 0;
  bad[n++].type = 4;
  bad[n++].difficulty = 0;
  bad[n++].difficulty = JK_DIFFICULTY_MAX + 1;
  bad[n++].n_options = 1;
  bad[n++].n_options = JK_OPTIONS_MAX + 1;
  bad[n++].n_pinned = 5;
  bad[n++].enemy = N_ROWS + 1;
  bad[n++].blob_size = JK_BOX_OVERHEAD;
  bad[n++].blob_size = JK_BLOB_BYTES_MAX + JK_BOX_OVERHEAD + 1;
  bad[n].n_options = 2;
  bad[n++].type = JK_ITEM_JUDGE;
  bad[n].n_pinned = 0;
  bad[n++].type = JK_ITEM_JUDGE;
  bad[n].type = JK_ITEM_MULTIPLE;
  bad[n++].n_options = 0;
  assert_int_equal (n, G_N_ELEMENTS (bad));
  for (guint i = 0; i < n; i++)
    for (guint32 at = 0; at < N_ROWS; at++)
      assert_int_equal (find_fault_with (&bad[i], at), at);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_row_reads_back_as_it_was_written),
    cmocka_unit_test (the_short_getters_agree_with_the_row),
    cmocka_unit_test (good_rows_have_no_fault),
    cmocka_unit_test (a_row_beyond_its_limits_is_found),
  };
  return cmocka_run_group_tests_name ("bank/index", tests, NULL, NULL);
}
