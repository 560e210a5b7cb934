/* SPDX-License-Identifier: Apache-2.0 */
/* panel/person-view.h: one person of the hall: face, masked ID number and state to compare, and the
 * ways in and on. Its buttons name actions of the panel: panel.order-of (record and JkAct),
 * panel.let-in (record). */
#pragma once

#include "desk/people.h"

#include <gtk/gtk.h>

#define JK_TYPE_PERSON_VIEW (jk_person_view_get_type ())
G_DECLARE_FINAL_TYPE (JkPersonView, jk_person_view, JK, PERSON_VIEW, GtkWidget)

/* person is only read while it is made. */
GtkWidget *jk_person_view_new (JkPanel *panel, const JkPanelPerson *person);
