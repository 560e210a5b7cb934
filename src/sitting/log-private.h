/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/log-private.h: what the files of JkLog share. For log.c and log-store.c only. */
#pragma once

#include "sitting/journal-second.h"
#include "sitting/log.h"

struct _JkLog {
  /* Owned */
  char *path;
  JkJournalKeys keys;
  JkLogReplay *replay;
  JkJournalWriter *writer;
  JkJournalSecond *second;

  /* Borrowed */
  JkSittingPlace place;

  /* Plain */
  gboolean is_hasty; /* rows are posted and not waited for */
};
