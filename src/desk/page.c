/* SPDX-License-Identifier: Apache-2.0 */
/* desk/page.c: which page a desk shows. */
#include "desk/page.h"

static JkPage
choose_without_sitting (JkStage stage)
{
  switch (stage) {
  case JK_STAGE_OPEN:
    return JK_PAGE_LOG_IN;
  case JK_STAGE_ENDED:
    return JK_PAGE_ENDED;
  default:
    return JK_PAGE_CLOSED;
  }
}

JkPage
jk_page_choose (const JkPageFacts *facts)
{
  if (!facts->has_seat)
    return JK_PAGE_NO_SESSION;
  switch (facts->state) {
  case JK_STATE_IDENTIFIED:
    return facts->has_entry ? JK_PAGE_CONFIRM : choose_without_sitting (facts->stage);
  case JK_STATE_READY:
    return facts->has_entry ? JK_PAGE_WAITING : choose_without_sitting (facts->stage);
  case JK_STATE_RUNNING:
    if (facts->is_waiting)
      return JK_PAGE_ARRIVED;
    return facts->is_held ? JK_PAGE_HELD : JK_PAGE_ANSWERING;
  case JK_STATE_PAUSED:
    return JK_PAGE_PAUSED;
  case JK_STATE_HANDED_IN:
  case JK_STATE_SEALED:
    return JK_PAGE_HANDED_IN;
  case JK_STATE_COLLECTED:
    return facts->is_dismissed ? choose_without_sitting (facts->stage) : JK_PAGE_COLLECTED;
  case JK_STATE_MOVED:
    return facts->is_dismissed ? choose_without_sitting (facts->stage) : JK_PAGE_MOVED;
  default:
    return choose_without_sitting (facts->stage);
  }
}

const char *
jk_page_get_name (JkPage page)
{
  static const char *const names[] = {
    [JK_PAGE_NO_SESSION] = "no-session", [JK_PAGE_CLOSED] = "closed",
    [JK_PAGE_LOG_IN] = "log-in",         [JK_PAGE_CONFIRM] = "confirm",
    [JK_PAGE_WAITING] = "waiting",       [JK_PAGE_ANSWERING] = "answering",
    [JK_PAGE_PAUSED] = "paused",         [JK_PAGE_HELD] = "held",
    [JK_PAGE_ARRIVED] = "arrived",       [JK_PAGE_HANDED_IN] = "handed-in",
    [JK_PAGE_COLLECTED] = "collected",   [JK_PAGE_MOVED] = "moved",
    [JK_PAGE_ENDED] = "ended",
  };
  g_return_val_if_fail ((guint) page < JK_N_PAGES, NULL);

  return names[page];
}
