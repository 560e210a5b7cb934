/* SPDX-License-Identifier: Apache-2.0 */
/* station/candidate-data.c: what a candidate compares with ticket and document. */
#include "station/candidate-data.h"

#include "common/person-name.h"

#include <glib/gi18n.h>

#define VALUE_CHARS 28

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
add_row (GtkGrid *grid, int *row, const char *title, const char *value)
{
  if (value == NULL || value[0] == '\0')
    return;
  GtkWidget *left = make_label (title, "quiet"), *right = make_label (value, "datum");

  gtk_label_set_wrap (GTK_LABEL (right), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (right), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (right), VALUE_CHARS);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (right),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  left,
                                  NULL,
                                  -1);
  gtk_grid_attach (grid, left, 0, *row, 1, 1);
  gtk_grid_attach (grid, right, 1, *row, 1, 1);
  ++*row;
}

static const char *
get_sex (char sex)
{
  if (sex == 'M')
    /* Translators: zh: 男 */
    return _ ("male");
  /* Translators: zh: 女 */
  return sex == 'F' ? _ ("female") : NULL;
}

static char *
dup_duration (guint duration_min, guint extra_min)
{
  g_autofree char *own = g_strdup_printf (
      /* Translators: zh: %u 分钟 */
      ngettext ("%u minute", "%u minutes", duration_min + extra_min),
      duration_min + extra_min);

  if (extra_min == 0)
    return g_steal_pointer (&own);
  g_autofree char *extra = g_strdup_printf (
      /* Translators: zh: 含延长 %u 分钟 */
      ngettext ("%u minute more than usual", "%u minutes more than usual", extra_min),
      extra_min);
  return g_strdup_printf ("%s (%s)", own, extra);
}

static void
add_person (GtkGrid *grid, int *row, JkDesk *desk)
{
  const JkPerson *person = jk_desk_get_person (desk);

  /* Translators: zh: 姓名 */
  add_row (grid, row, _ ("Name"), jk_person_name_get (desk));
  /* Translators: zh: 性别 */
  add_row (grid, row, _ ("Sex"), get_sex (person->sex));
  /* Translators: zh: 准考证号 */
  add_row (grid, row, _ ("Admission ticket number"), person->admission);
  /* Translators: zh: 证件号码 */
  add_row (grid, row, _ ("ID document number"), person->masked_id);
}

void
jk_candidate_data_fill (GtkGrid *grid, JkDesk *desk)
{
  const JkSession *session = jk_desk_get_session (desk);
  const JkPerson *person = jk_desk_get_person (desk);
  const JkExcerpt *excerpt = jk_session_get_excerpt (session);
  g_autofree char *occupation = g_strdup_printf ("%s %s",
                                                 jk_excerpt_get_occupation (excerpt),
                                                 jk_excerpt_get_occupation_code (excerpt));
  g_autofree char *level = g_strdup_printf ("%s %s",
                                            jk_excerpt_get_level_name (excerpt),
                                            jk_excerpt_get_level_title (excerpt));
  g_autofree char *duration =
      dup_duration (jk_excerpt_get_duration_min (excerpt), person->extra_min);
  int row = 0;

  add_person (grid, &row, desk);
  /* Translators: zh: 考场 */
  add_row (grid, &row, _ ("Exam room"), jk_session_get_hall (session));
  /* Translators: zh: 座位号 */
  add_row (grid, &row, _ ("Seat number"), person->seat);
  /* Translators: zh: 申报职业 */
  add_row (grid, &row, _ ("Occupation applied for"), occupation);
  /* Translators: zh: 申报等级 */
  add_row (grid, &row, _ ("Level applied for"), level);
  /* Translators: zh: 科目 */
  add_row (grid, &row, _ ("Subject"), jk_excerpt_get_subject (excerpt));
  /* Translators: zh: 考试时长 */
  add_row (grid, &row, _ ("Duration"), duration);
}
