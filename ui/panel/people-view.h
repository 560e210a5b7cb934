/* SPDX-License-Identifier: Apache-2.0 */
/* panel/people-view.h: the people of the hall: who has trouble entering is found here, and the ways
 * on are on their page (person-view.h). */
#pragma once

#include "desk/panel.h"

#include <gtk/gtk.h>

#define JK_TYPE_PEOPLE_VIEW (jk_people_view_get_type ())
G_DECLARE_FINAL_TYPE (JkPeopleView, jk_people_view, JK, PEOPLE_VIEW, GtkWidget)

/* Reads the roll when it is made. Signal: "chosen" (GPtrArray of JkPanelPerson, guint index). */
GtkWidget *jk_people_view_new (JkPanel *panel);
