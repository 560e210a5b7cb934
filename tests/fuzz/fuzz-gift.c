/* SPDX-License-Identifier: Apache-2.0 */
/* Untrusted bytes as a GIFT file: read as text, then parsed. Seeds: tests/vectors/gift. */
#include "bank/gift.h"
#include "base/limits.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autofree char *text = jk_text_from_bytes ("fuzz", bytes, NULL);

  if (text == NULL)
    return 0;
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GPtrArray) items = jk_gift_parse ("fuzz", text, report);
  for (guint i = 0; i < items->len; i++) {
    const JkItem *item = g_ptr_array_index (items, i);
    g_assert_true (g_utf8_validate (item->stem, -1, NULL));
    g_assert_cmpuint (item->options->len, <=, JK_OPTIONS_MAX);
  }
  return 0;
}
