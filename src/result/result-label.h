/* SPDX-License-Identifier: Apache-2.0 */
/* result/result-label.h: what stands on the outside of a result: enough to compare it with a
 * closing sheet without any key. */
#pragma once

#include "session/session.h"

typedef struct {
  /* Plain */
  guint32 record;
  guint32 seal_number;
  guint8 station[JK_PUBLIC_BYTES];
  JkDigest digest; /* the outer digest */
} JkResultLabel;

/* Reads the label of a result that is whole and of this session. Errors: TOO_LARGE, those of the
 * envelope, JK_RESULT_ERROR_FOREIGN, CONTENT. */
gboolean jk_result_label_read (const char *file,
                               GBytes *bytes,
                               const JkSession *session,
                               JkResultLabel *out_label,
                               GError **error);
