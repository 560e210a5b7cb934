/* SPDX-License-Identifier: Apache-2.0 */
/* base/json.h: JSON written, never read: strings of UTF-8, escaped as RFC 8259 asks. */
#pragma once

#include <glib.h>

/* Appends "text" in quotes; NULL appends null. Bytes that are not UTF-8 become U+FFFD. */
void jk_json_append_string (GString *out, const char *text);

/* Appends "name": and a string; with a comma before it when out does not end in { or [. */
void jk_json_append_member (GString *out, const char *name, const char *text);
void jk_json_append_integer (GString *out, const char *name, gint64 value);
