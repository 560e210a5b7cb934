/* SPDX-License-Identifier: Apache-2.0 */
/* score/table.c: which result of a record counts, and what is set aside.
 *
 * What comes out does not depend on the order in which files are taken, except the order of the
 * quarantine list. */
#include "score/table.h"
#include "base/csv.h"
#include "score/score-row.h"

#define BOM "\xef\xbb\xbf"

typedef struct {
  /* Owned */
  char *file;
  char *reason;
  /* Plain */
  guint32 record;
  gboolean has_record;
} Refusal;

typedef struct {
  /* Owned */
  char *file; /* of the score, or of the first of two that contradict */
  /* Plain */
  JkScore score; /* section_half_points is owned */
  JkDigest digest;
  guint32 seal_number; /* the highest among the whole ones; 0: none */
  gboolean is_contradicted;
  gboolean is_refused; /* a file that does not verify names this record */
} Slot;

struct _JkTable {
  /* Owned */
  Slot *slots; /* one to each person of the roll */
  GPtrArray *refusals;
  GHashTable *digests; /* of whole results taken: JkDigest */

  /* Borrowed */
  const JkCentre *centre;

  /* Plain */
  guint n;
};

static void
free_refusal (gpointer data)
{
  Refusal *refusal = data;
  g_free (refusal->file);
  g_free (refusal->reason);
  g_free (refusal);
}

static guint
hash_digest (gconstpointer data)
{
  const JkDigest *digest = data;
  guint value = 0;
  memcpy (&value, digest->bytes, sizeof value);
  return value;
}

static gboolean
equal_digests (gconstpointer a, gconstpointer b)
{
  return jk_digest_equal (a, b);
}

JkTable *
jk_table_new (const JkCentre *centre)
{
  g_return_val_if_fail (centre != NULL, NULL);

  JkTable *self = g_new0 (JkTable, 1);
  self->centre = centre;
  self->n = jk_roll_get_n (jk_centre_get_roll (centre));
  self->slots = g_new0 (Slot, self->n);
  self->refusals = g_ptr_array_new_with_free_func (free_refusal);
  self->digests = g_hash_table_new_full (hash_digest, equal_digests, g_free, NULL);
  return self;
}

static void
clear_slot (Slot *slot)
{
  jk_score_clear (&slot->score);
  g_clear_pointer (&slot->file, g_free);
}

void
jk_table_free (JkTable *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n; i++)
    clear_slot (&self->slots[i]);
  g_hash_table_unref (self->digests);
  g_ptr_array_unref (self->refusals);
  g_free (self->slots);
  g_free (self);
}

static void
refuse (JkTable *self, const char *file, const guint32 *record, const char *reason)
{
  Refusal *refusal = g_new0 (Refusal, 1);
  refusal->file = g_strdup (file);
  refusal->reason = g_strdup (reason);
  if (record != NULL) {
    refusal->record = *record;
    refusal->has_record = TRUE;
  }
  g_ptr_array_add (self->refusals, refusal);
}

/* A file that does not verify: which record it claims to be of may still be told. */
static void
refuse_file (JkTable *self, const char *file, GBytes *bytes, const GError *error)
{
  guint32 record = 0;
  guint32 seal_number = 0;
  gboolean has_record = jk_result_peek (file,
                                        bytes,
                                        jk_centre_get_session (self->centre),
                                        &record,
                                        &seal_number,
                                        NULL) &&
                        record < self->n;

  if (has_record)
    self->slots[record].is_refused = TRUE;
  refuse (self, file, has_record ? &record : NULL, error->message);
}

static void
contradict (JkTable *self, Slot *slot, const char *file, guint32 record)
{
  if (!slot->is_contradicted) {
    g_autofree char *first =
        g_strdup_printf ("%s and %s are two different results of record %u with the seal number "
                         "%u: ask the hall which of them its closing sheet names.",
                         slot->file,
                         file,
                         record,
                         slot->seal_number);
    refuse (self, slot->file, &record, first);
  }
  g_autofree char *second =
      g_strdup_printf ("%s and %s are two different results of record %u with the seal number %u: "
                       "ask the hall which of them its closing sheet names.",
                       file,
                       slot->file,
                       record,
                       slot->seal_number);
  refuse (self, file, &record, second);
  jk_score_clear (&slot->score);
  slot->is_contradicted = TRUE;
}

/* Takes a whole result, consuming score. */
static gboolean
take_score (JkTable *self, const char *file, const JkDigest *digest, JkScore *score)
{
  Slot *slot = &self->slots[score->record];

  if (g_hash_table_contains (self->digests, digest)) {
    gboolean counts =
        slot->score.section_half_points != NULL && jk_digest_equal (&slot->digest, digest);
    jk_score_clear (score);
    return counts;
  }
  g_hash_table_add (self->digests, g_memdup2 (digest, sizeof *digest));
  if (score->seal_number < slot->seal_number) {
    jk_score_clear (score);
    return FALSE;
  }
  if (score->seal_number == slot->seal_number) {
    contradict (self, slot, file, score->record);
    jk_score_clear (score);
    return FALSE;
  }
  clear_slot (slot);
  slot->file = g_strdup (file);
  slot->score = *score;
  slot->digest = *digest;
  slot->seal_number = score->seal_number;
  slot->is_contradicted = FALSE;
  return TRUE;
}

gboolean
jk_table_take (JkTable *self, const char *file, GBytes *bytes)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (file != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  g_autoptr (GError) error = NULL;
  JkScore score;
  JkDigest digest;
  JkKind kind;

  if (!jk_centre_score (self->centre, file, bytes, &score, &error)) {
    refuse_file (self, file, bytes, error);
    return FALSE;
  }
  gboolean is_whole = jk_envelope_peek (file, bytes, &kind, &digest, NULL);
  g_assert (is_whole);
  return take_score (self, file, &digest, &score);
}

static JkOutcome
get_outcome (const Slot *slot)
{
  if (slot->is_contradicted)
    return JK_OUTCOME_CONTRADICTED;
  if (slot->seal_number > 0)
    return JK_OUTCOME_SCORED;
  return slot->is_refused ? JK_OUTCOME_QUARANTINED : JK_OUTCOME_ABSENT;
}

/* A spare record that nobody used is no person. */
static gboolean
is_listed (const JkTable *self, guint record)
{
  return !jk_roll_get_person (jk_centre_get_roll (self->centre), record)->spare ||
         get_outcome (&self->slots[record]) != JK_OUTCOME_ABSENT;
}

static guint
count (const JkTable *self, JkOutcome outcome)
{
  guint n = 0;
  for (guint i = 0; i < self->n; i++) {
    if (is_listed (self, i) && get_outcome (&self->slots[i]) == outcome)
      n++;
  }
  return n;
}

guint
jk_table_get_n_scored (const JkTable *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return count (self, JK_OUTCOME_SCORED);
}

guint
jk_table_get_n_quarantined (const JkTable *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->refusals->len;
}

guint
jk_table_get_n_absent (const JkTable *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return count (self, JK_OUTCOME_ABSENT);
}

const JkScore *
jk_table_get_score (const JkTable *self, guint32 record)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (record < self->n, NULL);

  const Slot *slot = &self->slots[record];
  return get_outcome (slot) == JK_OUTCOME_SCORED ? &slot->score : NULL;
}

char *
jk_table_dup_scores_csv (const JkTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  const JkRoll *roll = jk_centre_get_roll (self->centre);
  GString *out = g_string_new (NULL);
  jk_score_row_append_heading (out, self->centre);
  for (guint i = 0; i < self->n; i++) {
    if (is_listed (self, i))
      jk_score_row_append (out,
                           self->centre,
                           jk_roll_get_person (roll, i),
                           get_outcome (&self->slots[i]),
                           jk_table_get_score (self, i));
  }
  return g_string_free (out, FALSE);
}

char *
jk_table_dup_quarantine_csv (const JkTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  gboolean is_rehearsal = jk_session_is_rehearsal (jk_centre_get_session (self->centre));
  GString *out = g_string_new (BOM);
  jk_csv_append_cell (out, "文件", FALSE);
  jk_csv_append_cell (out, "记录", FALSE);
  jk_csv_append_cell (out, "状态", FALSE);
  jk_csv_append_cell (out, "原因", TRUE);
  for (guint i = 0; i < self->refusals->len; i++) {
    const Refusal *refusal = g_ptr_array_index (self->refusals, i);
    g_autofree char *record =
        refusal->has_record ? g_strdup_printf ("%u", refusal->record) : g_strdup ("");
    jk_csv_append_cell (out, refusal->file, FALSE);
    jk_csv_append_cell (out, record, FALSE);
    jk_csv_append_cell (out, is_rehearsal ? "试考 隔离" : "隔离", FALSE);
    jk_csv_append_cell (out, refusal->reason, TRUE);
  }
  return g_string_free (out, FALSE);
}
