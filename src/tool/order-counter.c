/* SPDX-License-Identifier: Apache-2.0 */
/* tool/order-counter.c: see the header. */
#include "tool/order-counter.h"

#include "base/error.h"
#include "base/number.h"

#include <string.h>

#define FILE_BYTES_MAX 32

static char *
dup_path (const char *secrets)
{
  return g_strconcat (secrets, ".counter", NULL);
}

gboolean
jk_order_counter_next (const JkTool *tool, const char *secrets, guint64 *out_number, GError **error)
{
  g_autofree char *path = dup_path (secrets);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) bytes = jk_storage_read (tool->world->storage, path, FILE_BYTES_MAX, &problem);
  gint64 last;

  if (g_error_matches (problem, JK_BASE_ERROR, JK_BASE_ERROR_MISSING)) {
    *out_number = 1;
    return TRUE;
  }
  if (bytes == NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  char text[FILE_BYTES_MAX + 1] = "";
  if (g_bytes_get_size (bytes) > 0)
    memcpy (text, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (!jk_number_parse (g_strchomp (text), 1, JK_ORDER_COUNTER_MAX - 1, &last)) {
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_TEXT,
                 "%s: it is no number of an order; expected that of the last one given with %s; "
                 "write it there, or give --counter.",
                 path,
                 secrets);
    return FALSE;
  }
  *out_number = last + 1;
  return TRUE;
}

gboolean
jk_order_counter_keep (const JkTool *tool, const char *secrets, guint64 number, GError **error)
{
  g_autofree char *path = dup_path (secrets);
  char *text = g_strdup_printf ("%" G_GUINT64_FORMAT "\n", number);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  return jk_storage_write (tool->world->storage, path, 0600, bytes, error);
}
