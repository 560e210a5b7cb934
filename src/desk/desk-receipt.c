/* SPDX-License-Identifier: Apache-2.0 */
/* desk/desk-receipt.c: the receipt of who handed in here, as a code and as a QR text. */
#include "desk/desk-private.h"

#include "result/receipt.h"

gboolean
jk_desk_compute_receipt (JkDesk *self, JkDigest *out_receipt)
{
  g_return_val_if_fail (JK_IS_DESK (self), FALSE);

  if (self->sitting == NULL || self->n_busy > 0 || jk_sitting_get_result (self->sitting) == NULL)
    return FALSE;
  jk_receipt_compute (jk_session_get_digest (jk_seat_get_session (self->seat)),
                      jk_sitting_get_person (self->sitting)->index,
                      jk_sitting_get_seal_number (self->sitting),
                      jk_sitting_get_handed_in_link (self->sitting),
                      out_receipt);
  return TRUE;
}

char *
jk_desk_dup_receipt (JkDesk *self)
{
  JkDigest receipt;

  return jk_desk_compute_receipt (self, &receipt) ? jk_receipt_dup_code (&receipt) : NULL;
}

char *
jk_desk_dup_receipt_qr (JkDesk *self)
{
  JkDigest receipt;

  return jk_desk_compute_receipt (self, &receipt)
             ? jk_receipt_dup_qr (&receipt, jk_station_get_sign_key (self->station))
             : NULL;
}
