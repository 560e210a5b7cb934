/* SPDX-License-Identifier: Apache-2.0 */
/* station/demo-line.h: what a demonstration needs to type: admission and ID number, room code,
 * start code and the passcodes of two proctors, in a strip of the window. For rehearsals only; the
 * window hides it elsewhere. */
#pragma once

#include <gtk/gtk.h>

/* Reads a key file: [demo] admission, id-number, room-code, start-code, chief-passcode,
 * proctor-passcode. Errors: those of GKeyFile. */
GtkWidget *jk_demo_line_new (const char *path, GError **error);
