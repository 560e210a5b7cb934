/* SPDX-License-Identifier: Apache-2.0 */
/* result/result-label.c: the outside of a result, read with no key. */
#include "result/result-label.h"
#include "envelope/envelope.h"
#include "result/body.h"

gboolean
jk_result_label_read (const char *file,
                      GBytes *bytes,
                      const JkSession *session,
                      JkResultLabel *out_label,
                      GError **error)
{
  JkResultLabel label = { 0 };

  /* Looked at first: that is where size, wholeness and session are judged. */
  if (!jk_result_peek (file, bytes, session, &label.record, &label.seal_number, error))
    return FALSE;
  g_autoptr (JkEnvelope) envelope =
      jk_envelope_open_bytes (file, bytes, JK_KIND_RESULT, JK_RESULT_BODY, NULL, error);
  if (envelope == NULL)
    return FALSE;
  memcpy (label.station, jk_envelope_get_signer (envelope), JK_PUBLIC_BYTES);
  label.digest = *jk_envelope_get_digest (envelope);
  *out_label = label;
  return TRUE;
}
