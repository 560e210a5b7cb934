/* SPDX-License-Identifier: Apache-2.0 */
/* session/own-paper.c: drawing again what the office drew (P7), and opening only that. */
#include "session/own-paper.h"

#include "session/error.h"

struct _JkOwnPaper {
  /* Owned */
  JkPaper *paper;
  GPtrArray *blobs; /* of JkBlob, by position */
};

JkPaper *
jk_own_paper_draw (const JkPool *pool, const JkPaperKeys *keys, GError **error)
{
  g_autoptr (JkPaper) paper = jk_draw (pool, jk_paper_keys_get_draw_seed (keys), NULL, error);
  JkDigest digest;
  if (paper == NULL)
    return NULL;

  jk_paper_get_digest (paper, &digest);
  if (jk_paper_get_n (paper) != jk_paper_keys_get_n (keys) ||
      !jk_digest_equal (&digest, jk_paper_keys_get_paper_digest (keys))) {
    g_set_error_literal (
        error,
        JK_SESSION_ERROR,
        JK_SESSION_ERROR_PAPER,
        "The paper drawn on this machine is not the one the authority drew; expected the same; do "
        "not start with these files, and tell the authority which session and seat it was.");
    return NULL;
  }
  return g_steal_pointer (&paper);
}

static gboolean
open_blobs (JkOwnPaper *self, const JkBank *bank, const JkPaperKeys *keys, GError **error)
{
  for (guint position = 0; position < jk_paper_get_n (self->paper); position++) {
    JkBlob *blob = jk_bank_open_blob (bank,
                                      jk_paper_get_item (self->paper, position)->item,
                                      jk_paper_keys_get_item_key (keys, position),
                                      error);
    if (blob == NULL)
      return FALSE;
    g_ptr_array_add (self->blobs, blob);
  }
  return TRUE;
}

static void
free_blob (gpointer blob)
{
  jk_blob_free (blob);
}

JkOwnPaper *
jk_own_paper_open (const JkSession *session,
                   const JkBank *bank,
                   const JkRecord *record,
                   const JkSecret *record_key,
                   const JkSecret *paper_key,
                   GError **error)
{
  g_autoptr (JkPaperKeys) keys =
      jk_record_open_paper (record, record_key, paper_key, jk_session_get_id (session));
  if (keys == NULL) {
    g_set_error (error,
                 JK_SESSION_ERROR,
                 JK_SESSION_ERROR_PAPER,
                 "%s: the paper of record %u does not open with this start code and log-in; "
                 "expected those of one build; enter both again.",
                 jk_session_get_file (session),
                 jk_record_get_person (record)->index);
    return NULL;
  }
  g_autoptr (JkPool) pool = jk_pool_new (jk_session_get_blueprint (session), bank, error);
  if (pool == NULL)
    return NULL;

  g_autoptr (JkOwnPaper) self = g_new0 (JkOwnPaper, 1);
  self->blobs = g_ptr_array_new_with_free_func (free_blob);
  self->paper = jk_own_paper_draw (pool, keys, error);
  if (self->paper == NULL || !open_blobs (self, bank, keys, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
jk_own_paper_free (JkOwnPaper *self)
{
  if (self == NULL)
    return;
  jk_paper_free (self->paper);
  g_clear_pointer (&self->blobs, g_ptr_array_unref);
  g_free (self);
}

const JkPaper *
jk_own_paper_get_paper (const JkOwnPaper *self)
{
  return self->paper;
}

const JkBlob *
jk_own_paper_get_blob (const JkOwnPaper *self, guint position)
{
  g_return_val_if_fail (position < self->blobs->len, NULL);
  return g_ptr_array_index (self->blobs, position);
}
