/* SPDX-License-Identifier: Apache-2.0 */
/* panel/role-picker.h: one of the proctors' envelopes of a session, as radio buttons. */
#pragma once

#include "session/session.h"

#include <gtk/gtk.h>

#define JK_TYPE_ROLE_PICKER (jk_role_picker_get_type ())
G_DECLARE_FINAL_TYPE (JkRolePicker, jk_role_picker, JK, ROLE_PICKER, GtkWidget)

/* Offers the roles of a session but those that were revoked and those of left_out (set of 1 <<
 * JkRoleName), the first of them chosen. */
void jk_role_picker_offer (JkRolePicker *self, const JkSession *session, guint32 left_out);
JkRoleName /* 0: there was none to choose */
jk_role_picker_get_role (JkRolePicker *self);
