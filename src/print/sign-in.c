/* SPDX-License-Identifier: Apache-2.0 */
/* print/sign-in.c: see the header. */
#include "print/sign-in.h"
#include "print/ruled-table.h"

#define ROW_HEIGHT 8.5 /* a name is written into it by hand */
#define SIZE_PT 9.5

static const JkRuledColumn columns[] = {
  { "序号", 12, JK_ALIGN_CENTRE },
  { "座位号", 16, JK_ALIGN_CENTRE },
  { "准考证号", 39, JK_ALIGN_CENTRE },
  { "姓名", 32, JK_ALIGN_CENTRE },
  { "性别", 12, JK_ALIGN_CENTRE },
  { "证件号码", 42, JK_ALIGN_CENTRE },
  { "签到（签名）", 42, JK_ALIGN_CENTRE },
  { "交卷签名", 42, JK_ALIGN_CENTRE },
  { "备注", 0, JK_ALIGN_LEFT },
};

typedef struct {
  /* Borrowed */
  const JkSession *session;
  GPtrArray *people; /* const JkPerson */
} SignIn;

static const char *
get_sex (const JkPerson *person)
{
  switch (person->sex) {
  case 'M':
    return "男";
  case 'F':
    return "女";
  default:
    return "";
  }
}

static void
add_row (GPtrArray *cells, const JkPerson *person, guint number)
{
  g_ptr_array_add (cells, g_strdup_printf ("%u", number));
  g_ptr_array_add (cells, g_strdup (person->seat));
  g_ptr_array_add (cells, g_strdup (person->admission));
  g_ptr_array_add (cells, g_strdup (person->name));
  g_ptr_array_add (cells, g_strdup (get_sex (person)));
  g_ptr_array_add (cells, g_strdup (person->masked_id));
  g_ptr_array_add (cells, NULL);
  g_ptr_array_add (cells, NULL);
  g_ptr_array_add (cells, g_strdup (person->spare ? "临时" : ""));
}

static void
draw (JkDocument *document, gconstpointer data)
{
  const SignIn *self = data;
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  guint n_due = 0;

  for (guint i = 0; i < self->people->len; i++) {
    const JkPerson *person = g_ptr_array_index (self->people, i);
    n_due += person->spare ? 0 : 1;
    add_row (cells, person, i + 1);
  }
  const JkRuledTable table = { .columns = columns,
                               .cells = cells,
                               .n_columns = G_N_ELEMENTS (columns),
                               .row_height = ROW_HEIGHT,
                               .size_pt = SIZE_PT };
  jk_form_draw_head (document, JK_FORM_SIGN_IN, self->session, n_due);
  jk_ruled_table_draw (&table, document);
  jk_form_draw_note (document,
                     "实考＿＿＿＿人　　缺考＿＿＿＿人　　违纪＿＿＿＿人　　"
                     "“临时”各行供名单以外经批准参加考试的人员填写。");
  jk_form_draw_signatures (document);
}

GBytes *
jk_sign_in_form (const JkSession *session, const JkRoll *roll, GError **error)
{
  g_autoptr (GPtrArray) people = jk_form_sort_people (roll);
  const SignIn self = { .session = session, .people = people };

  return jk_form_print (JK_FORM_SIGN_IN, session, draw, &self, error);
}
