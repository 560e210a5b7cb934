/* SPDX-License-Identifier: Apache-2.0 */
/* session/session-login.c: log-in, records by index, and the bank beside the session.
 *
 * No answer here says which of two numbers is wrong, and none comes sooner for one than for the
 * other. */
#include "session/session-private.h"

#include "base/text.h"
#include "session/error.h"
#include "session/record-private.h"

/* By halving. */
const guint8 *
jk_session_find_row (const JkSession *self, const guint8 *lookup)
{
  guint low = 0;
  guint high = self->n_records;

  while (low < high) {
    guint middle = low + (high - low) / 2;
    const guint8 *row = jk_session_get_row (self, middle);
    int order = memcmp (lookup, row, JK_LOOKUP_BYTES);
    if (order == 0)
      return row;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

JkRecord *
jk_session_log_in (const JkSession *self,
                   const JkSecret *roster_key,
                   const char *admission,
                   const char *id_number,
                   JkSecret **out_record_key,
                   GError **error)
{
  g_autofree char *canonical_admission = jk_text_canonical_number (admission);
  char *canonical_id = jk_text_canonical_number (id_number);
  guint8 lookup[JK_LOOKUP_BYTES];

  /* The key is computed before anyone knows whether there is a record for it. */
  jk_login_lookup (roster_key, canonical_admission, lookup);
  g_autoptr (JkSecret) key =
      jk_login_derive (roster_key, canonical_admission, canonical_id, self->costs.login, error);
  jk_text_wipe (canonical_id);
  if (key == NULL)
    return NULL;

  const guint8 *row = jk_session_find_row (self, lookup);
  JkRecord *record = NULL;
  if (row != NULL)
    record = jk_record_open (row + JK_LOOKUP_BYTES, self->record_size, key, self->id);
  if (record == NULL) {
    g_set_error_literal (
        error,
        JK_SESSION_ERROR,
        JK_SESSION_ERROR_LOGIN,
        "Admission number or ID number is not correct; check both and type them again.");
    return NULL;
  }
  *out_record_key = g_steal_pointer (&key);
  return record;
}

JkRecord *
jk_session_open_record (const JkSession *self,
                        guint32 index,
                        const JkSecret *record_key,
                        GError **error)
{
  guint8 mark[JK_RECORD_MARK_BYTES];
  g_autoptr (JkRecord) record = NULL;

  jk_record_mark (record_key, self->id, mark);
  for (guint n = 0; n < self->n_records && record == NULL; n++) {
    if (memcmp (self->marks + (gsize) n * sizeof mark, mark, sizeof mark) == 0)
      record = jk_record_open (jk_session_get_row (self, n) + JK_LOOKUP_BYTES,
                               self->record_size,
                               record_key,
                               self->id);
  }
  if (record == NULL || jk_record_get_person (record)->index != index) {
    g_set_error (error,
                 JK_SESSION_ERROR,
                 JK_SESSION_ERROR_CONTENT,
                 "%s: record %u does not open with the key it has on the roll; expected roll and "
                 "records of one build; ask the authority for a new build.",
                 jk_session_get_file (self),
                 index);
    return NULL;
  }
  return g_steal_pointer (&record);
}

JkBank *
jk_session_open_bank (const JkSession *self,
                      const JkStorage *storage,
                      const char *path,
                      const JkSecret *paper_key,
                      GError **error)
{
  g_autoptr (JkBank) bank = jk_bank_open (storage, path, jk_session_get_authority (self), error);
  if (bank == NULL)
    return NULL;
  if (jk_bank_is_library (bank) || memcmp (jk_bank_get_id (bank), self->id, sizeof self->id) != 0 ||
      !jk_digest_equal (jk_bank_get_digest (bank), &self->bank_digest)) {
    g_set_error (error,
                 JK_SESSION_ERROR,
                 JK_SESSION_ERROR_BANK,
                 "%s: this is not the bank that session %s was built with; expected the .jkbank of "
                 "the same build (%u); copy it from where the session came from.",
                 path,
                 self->name,
                 self->build_number);
    return NULL;
  }
  if (!jk_bank_unlock (bank, paper_key, error))
    return NULL;
  return g_steal_pointer (&bank);
}
