/* SPDX-License-Identifier: Apache-2.0 */
/* panel/handin-text.c: see the header. */
#include "panel/handin-text.h"

#include <glib/gi18n.h>

char *
jk_handin_text_dup_people (const JkHandin *handin)
{
  g_return_val_if_fail (handin != NULL, NULL);
  const JkSheetCounts *counts = &handin->counts;

  return g_strdup_printf (
      /* Translators: zh: 第 %u 号收卷单：应考 %u，实考 %u，缺考 %u，未到 %u，违纪 %u */
      _ ("Sheet %u: due %u, present %u, absent %u, never seen %u, violations %u"),
      handin->number,
      counts->due,
      counts->present,
      counts->absent,
      counts->never_seen,
      counts->violations);
}

gboolean
jk_handin_text_is_even (const JkHandin *handin)
{
  g_return_val_if_fail (handin != NULL, FALSE);
  const JkSheetCounts *counts = &handin->counts;

  return counts->started == counts->sealed && counts->sealed == counts->receipts;
}

char *
jk_handin_text_dup_balance (const JkHandin *handin)
{
  g_return_val_if_fail (handin != NULL, NULL);
  const JkSheetCounts *counts = &handin->counts;

  if (handin->unexplained->len > 0)
    return g_strdup_printf (
        /* Translators: zh: 开考 %u，答卷 %u，回执 %u；尚有 %u 名考生去向未说明。 */
        _ ("Started %u, sealed %u, receipts %u; %u candidates are not accounted for."),
        counts->started,
        counts->sealed,
        counts->receipts,
        handin->unexplained->len);
  return g_strdup_printf (
      jk_handin_text_is_even (handin)
          /* Translators: zh: 开考 %u，答卷 %u，回执 %u：三数相符。 */
          ? _ ("Started %u, sealed %u, receipts %u: they are equal.")
          /* Translators: zh: 开考 %u，答卷 %u，回执 %u：三数不符，请核实。 */
          : _ ("Started %u, sealed %u, receipts %u: they are not equal. Find out why."),
      counts->started,
      counts->sealed,
      counts->receipts);
}

char *
jk_handin_text_dup_why_not (const JkHandin *handin)
{
  g_return_val_if_fail (handin != NULL, NULL);

  if (handin->unexplained->len > 0)
    return g_strdup_printf (
        /* Translators: zh: 暂不能签署：尚有 %u 名考生去向未说明。 */
        ngettext ("It cannot be signed yet: %u candidate is not accounted for.",
                  "It cannot be signed yet: %u candidates are not accounted for.",
                  handin->unexplained->len),
        handin->unexplained->len);
  if (!handin->has_news)
    /* Translators: zh: 没有新内容，不需要新的收卷单。 */
    return g_strdup (_ ("There is nothing that the sheets before do not say; no sheet is needed."));
  if (!handin->is_ready)
    /* Translators: zh: 暂不能签署：资料有矛盾或无法读取，见上。 */
    return g_strdup (_ ("It cannot be signed yet: see above what is wrong with the files."));
  return NULL;
}
