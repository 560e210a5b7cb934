/* SPDX-License-Identifier: Apache-2.0 */
/* common/problem.c: see the header. */
#include "common/problem.h"

#include "common/announce.h"

void
jk_problem_tell (JkParagraph *line, const char *sentence)
{
  g_return_if_fail (JK_IS_PARAGRAPH (line));

  jk_paragraph_set_text (line, sentence);
  gtk_widget_set_visible (GTK_WIDGET (line), sentence != NULL);
  if (sentence != NULL)
    jk_announce (GTK_WIDGET (line), sentence);
}
