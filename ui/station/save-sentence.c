/* SPDX-License-Identifier: Apache-2.0 */
/* station/save-sentence.c: how it stands with the answers. */
#include "station/save-sentence.h"

#include "common/duration.h"

#include <glib/gi18n.h>

char *
jk_save_sentence_dup (JkSave save, gint64 saved_wall_ms, int zone_min)
{
  g_autofree char *hour = jk_duration_dup_second (saved_wall_ms, zone_min);

  switch (save) {
  case JK_SAVE_NONE:
    /* Translators: zh: 选择答案后自动保存 */
    return g_strdup (_ ("Answers are saved as you choose"));
  case JK_SAVE_SAVED:
    /* Translators: %s is the hour. zh: 已保存 %s */
    return g_strdup_printf (_ ("Saved %s"), hour);
  case JK_SAVE_SAVING:
    /* Translators: zh: 正在保存…… */
    return g_strdup (_ ("Saving…"));
  case JK_SAVE_SLOW:
    /* Translators: zh: 正在保存，比平时慢，请继续作答。 */
    return g_strdup (_ ("Saving takes longer than usual. Please go on answering."));
  case JK_SAVE_FULL:
    /* Translators: zh: 最近的答案尚未保存，系统正在重试，请继续作答。 */
    return g_strdup (_ ("The last answers are not saved yet. This is tried again by itself; please "
                        "go on answering."));
  default:
    /* Translators: zh: 暂时无法保存答案，请稍候，恢复后即可继续作答。如超过 1 分钟，请举手。 */
    return g_strdup (_ ("Answers cannot be saved just now. Please wait, you can go on as soon as "
                        "they can. If it takes longer than a minute, raise your hand."));
  }
}
