/* SPDX-License-Identifier: Apache-2.0 */
/* station/last-view.h: language, text size and colours of who sits here, over a crash (P9). */
#pragma once

#include "base/storage.h"
#include "common/theme.h"

/* Writes what is shown now beside the stores. Errors: those of jk_storage_write; what was kept
 * before is then still there. */
gboolean
jk_last_view_keep (const JkStorage *storage, const char *store, JkTheme *theme, GError **error);

/* Shows what was kept. FALSE: nothing was, or it cannot be read, and all is as before. */
gboolean jk_last_view_show (const JkStorage *storage, const char *store, JkTheme *theme);
