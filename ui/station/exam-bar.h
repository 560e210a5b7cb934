/* SPDX-License-Identifier: Apache-2.0 */
/* station/exam-bar.h: the title bar of the exam: candidate, seat, subject, save state, time left,
 * 交卷 and, while it is not open yet, why.
 *
 * Ticks each second for the eye; screen readers are told whole minutes. */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

#define JK_TYPE_EXAM_BAR (jk_exam_bar_get_type ())
G_DECLARE_FINAL_TYPE (JkExamBar, jk_exam_bar, JK, EXAM_BAR, GtkWidget)

GtkWidget *jk_exam_bar_new (JkDesk *desk);
