/* SPDX-License-Identifier: Apache-2.0 */
/* score/table.c: every file with its standing, every person with the result that counts.
 *
 * A record is settled again whenever a file of it is taken, so that the getters tell what holds
 * now; its files are few. */
#include "score/table.h"
#include "base/csv.h"
#include "score/score-row.h"

#define BOM "\xef\xbb\xbf"

/* A whole result, of which there is one to each digest. */
typedef struct {
  /* First, so that a pointer to it is a pointer to this */
  JkClaim claim;
  /* Owned */
  char *file;
  char *release;
  /* Plain */
  JkScore score; /* section_half_points is owned */
} Entry;

/* A file as it was taken. */
typedef struct {
  /* Owned */
  char *file;
  char *reason; /* of a copy, or of one that does not verify; NULL: the entry has it */
  /* Borrowed */
  const Entry *entry; /* NULL: it does not verify */
  /* Plain */
  guint32 record;
  gboolean has_record;
} File;

/* The results of a record. */
typedef struct {
  /* Owned */
  GPtrArray *entries; /* Entry; NULL: none */
  /* Borrowed */
  const Entry *counts;
  /* Plain */
  JkOutcome outcome;
  gboolean is_refused; /* a file that does not verify names this record */
} Slot;

struct _JkTable {
  /* Owned */
  Slot *slots; /* one to each person of the roll */
  GPtrArray *files;
  GHashTable *digests;  /* of whole results taken: JkDigest to Entry */
  GHashTable *releases; /* JkDigest to text */
  JkSheetMerge *nothing;

  /* Borrowed */
  const JkCentre *centre;
  const JkSheetMerge *sheets;

  /* Plain */
  guint n;
};

static void
free_file (gpointer data)
{
  File *file = data;
  g_free (file->file);
  g_free (file->reason);
  g_free (file);
}

static void
free_entry (gpointer data)
{
  Entry *entry = data;
  jk_score_clear (&entry->score);
  g_free (entry->claim.reason);
  g_free (entry->release);
  g_free (entry->file);
  g_free (entry);
}

/* Settles a record by what was taken so far. */
static void
settle (JkTable *self, guint32 record)
{
  Slot *slot = &self->slots[record];
  guint first = 0;
  guint n_rows = jk_sheet_merge_find (self->sheets, record, &first);
  g_autofree JkSheetRow *rows = g_new (JkSheetRow, n_rows);
  JkClaim *counts = NULL;

  for (guint i = 0; i < n_rows; i++)
    rows[i] = *jk_sheet_merge_get_row (self->sheets, first + i);
  slot->outcome =
      jk_standing_settle (slot->entries != NULL ? (JkClaim *const *) slot->entries->pdata : NULL,
                          slot->entries != NULL ? slot->entries->len : 0,
                          rows,
                          n_rows,
                          &counts);
  slot->counts = (const Entry *) counts;
  if (slot->outcome != JK_OUTCOME_SCORED && slot->outcome != JK_OUTCOME_MISSING &&
      slot->outcome != JK_OUTCOME_CONTRADICTED && slot->is_refused)
    slot->outcome = JK_OUTCOME_QUARANTINED;
}

JkTable *
jk_table_new (const JkCentre *centre, const JkSheetMerge *sheets)
{
  g_return_val_if_fail (centre != NULL, NULL);

  JkTable *self = g_new0 (JkTable, 1);
  self->centre = centre;
  self->nothing = jk_sheet_merge_new (NULL, 0);
  self->sheets = sheets != NULL ? sheets : self->nothing;
  self->n = jk_roll_get_n (jk_centre_get_roll (centre));
  self->slots = g_new0 (Slot, self->n);
  self->files = g_ptr_array_new_with_free_func (free_file);
  self->digests = jk_digest_table_new (NULL, NULL);
  self->releases = jk_digest_table_new (g_free, g_free);
  for (guint i = 0; i < self->n; i++)
    settle (self, i);
  return self;
}

void
jk_table_free (JkTable *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->digests);
  g_hash_table_unref (self->releases);
  for (guint i = 0; i < self->n; i++)
    g_clear_pointer (&self->slots[i].entries, g_ptr_array_unref);
  g_ptr_array_unref (self->files);
  jk_sheet_merge_free (self->nothing);
  g_free (self->slots);
  g_free (self);
}

void
jk_table_add_release (JkTable *self, const JkRelease *release)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->files->len == 0);

  const JkReleaseTerms *terms = jk_release_get_terms (release);
  g_hash_table_insert (
      self->releases,
      g_memdup2 (&terms->result, sizeof terms->result),
      g_strdup_printf ("released by %s and %s: %s", terms->first, terms->second, terms->reason));
}

/* A file that does not verify: which record it claims to be of may still be told. */
static void
refuse_file (JkTable *self, const char *name, GBytes *bytes, const GError *error)
{
  File *file = g_new0 (File, 1);
  guint32 seal_number = 0;

  file->file = g_strdup (name);
  file->reason = g_strdup (error->message);
  file->has_record = jk_result_peek (name,
                                     bytes,
                                     jk_centre_get_session (self->centre),
                                     &file->record,
                                     &seal_number,
                                     NULL) &&
                     file->record < self->n;
  g_ptr_array_add (self->files, file);
  if (!file->has_record)
    return;
  self->slots[file->record].is_refused = TRUE;
  settle (self, file->record);
}

static Entry *
add_entry (JkTable *self, const char *name, JkScore *score)
{
  Slot *slot = &self->slots[score->record];
  Entry *entry = g_new0 (Entry, 1);

  entry->file = g_strdup (name);
  entry->release = g_strdup (g_hash_table_lookup (self->releases, &score->digest));
  entry->score = *score;
  entry->claim = (JkClaim){
    .file = entry->file,
    .release = entry->release,
    .digest = score->digest,
    .seal_number = score->seal_number,
  };
  memcpy (entry->claim.station, score->station, JK_PUBLIC_BYTES);
  jk_slip_from_receipt (&score->receipt, entry->claim.slip);
  if (slot->entries == NULL)
    slot->entries = g_ptr_array_new_with_free_func (free_entry);
  g_ptr_array_add (slot->entries, entry);
  g_hash_table_insert (self->digests, &entry->claim.digest, entry);
  settle (self, score->record);
  return entry;
}

gboolean
jk_table_take (JkTable *self, const char *file, GBytes *bytes)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (file != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  g_autoptr (GError) error = NULL;
  JkScore score;

  if (!jk_centre_score (self->centre, file, bytes, &score, &error)) {
    refuse_file (self, file, bytes, error);
    return FALSE;
  }
  File *taken = g_new0 (File, 1);
  taken->file = g_strdup (file);
  taken->record = score.record;
  taken->has_record = TRUE;
  g_ptr_array_add (self->files, taken);
  const Entry *original = g_hash_table_lookup (self->digests, &score.digest);
  if (original != NULL) {
    taken->entry = original;
    taken->reason = g_strdup_printf ("%s has the same bytes", original->file);
    jk_score_clear (&score);
    return TRUE;
  }
  taken->entry = add_entry (self, file, &score);
  return TRUE;
}

gboolean
jk_table_has (const JkTable *self, const JkDigest *digest)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return g_hash_table_contains (self->digests, digest);
}

/* A spare record that nobody used is no person. */
static gboolean
is_listed (const JkTable *self, guint record)
{
  guint first = 0;

  return !jk_roll_get_person (jk_centre_get_roll (self->centre), record)->spare ||
         self->slots[record].outcome != JK_OUTCOME_ABSENT ||
         jk_sheet_merge_find (self->sheets, record, &first) > 0;
}

static guint
count (const JkTable *self, JkOutcome outcome)
{
  guint n = 0;
  for (guint i = 0; i < self->n; i++)
    n += is_listed (self, i) && self->slots[i].outcome == outcome ? 1 : 0;
  return n;
}

guint
jk_table_get_n_scored (const JkTable *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return count (self, JK_OUTCOME_SCORED);
}

guint
jk_table_get_n_final (const JkTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  guint n = 0;
  for (guint i = 0; i < self->n; i++) {
    const Entry *entry = self->slots[i].counts;
    n += entry != NULL && entry->claim.standing == JK_STANDING_FINAL ? 1 : 0;
  }
  return n;
}

guint
jk_table_get_n_absent (const JkTable *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return count (self, JK_OUTCOME_ABSENT);
}

guint
jk_table_get_n_missing (const JkTable *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return count (self, JK_OUTCOME_MISSING);
}

static gboolean
is_set_aside (const JkSheetMerge *sheets, guint n)
{
  JkSheetFate fate = jk_sheet_merge_get_fate (sheets, n);
  return fate == JK_SHEET_CONTRADICTED || fate == JK_SHEET_WAITING;
}

guint
jk_table_get_n_quarantined (const JkTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  guint n = 0;
  for (guint i = 0; i < jk_sheet_merge_get_n_sheets (self->sheets); i++)
    n += is_set_aside (self->sheets, i) ? 1 : 0;
  for (guint i = 0; i < self->files->len; i++)
    n += jk_table_get_standing (self, i) == JK_STANDING_QUARANTINED ? 1 : 0;
  return n;
}

guint
jk_table_get_n_files (const JkTable *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->files->len;
}

JkStanding
jk_table_get_standing (const JkTable *self, guint n)
{
  g_return_val_if_fail (self != NULL, JK_STANDING_QUARANTINED);
  g_return_val_if_fail (n < self->files->len, JK_STANDING_QUARANTINED);

  const File *file = g_ptr_array_index (self->files, n);
  if (file->entry == NULL)
    return JK_STANDING_QUARANTINED;
  return file->reason != NULL ? JK_STANDING_SUPERSEDED : file->entry->claim.standing;
}

const char *
jk_table_get_reason (const JkTable *self, guint n)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n < self->files->len, NULL);

  const File *file = g_ptr_array_index (self->files, n);
  return file->reason != NULL ? file->reason : file->entry->claim.reason;
}

const JkScore *
jk_table_get_score (const JkTable *self, guint32 record)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (record < self->n, NULL);

  const Entry *entry = self->slots[record].counts;
  return entry != NULL ? &entry->score : NULL;
}

JkOutcome
jk_table_get_outcome (const JkTable *self, guint32 record)
{
  g_return_val_if_fail (self != NULL, JK_OUTCOME_ABSENT);
  g_return_val_if_fail (record < self->n, JK_OUTCOME_ABSENT);
  return self->slots[record].outcome;
}

/* Whether a sheet stands for what a record without a score is said to be. */
static gboolean
is_said (const JkTable *self, guint32 record)
{
  guint first = 0;
  guint n = jk_sheet_merge_find (self->sheets, record, &first);
  JkOutcome outcome = self->slots[record].outcome;

  if (n == 0)
    return FALSE;
  return outcome == JK_OUTCOME_ILL ||
         (outcome == JK_OUTCOME_ABSENT &&
          jk_sheet_merge_get_row (self->sheets, first)->state == JK_SEAT_ABSENT);
}

/* Whether a sheet that stands for a record was signed in that way. */
static gboolean
is_signed (const JkTable *self, guint32 record, gboolean (*way) (const JkSheet *sheet))
{
  guint first = 0;
  guint n = jk_sheet_merge_find (self->sheets, record, &first);

  for (guint i = first; i < first + n; i++) {
    if (way (jk_sheet_merge_get_row_sheet (self->sheets, i)))
      return TRUE;
  }
  return FALSE;
}

static void
append_person (const JkTable *self, guint32 record, GString *out)
{
  const Entry *entry = self->slots[record].counts;
  gboolean is_final =
      entry != NULL ? entry->claim.standing == JK_STANDING_FINAL : is_said (self, record);
  const JkScoreLine line = {
    .person = jk_roll_get_person (jk_centre_get_roll (self->centre), record),
    .score = entry != NULL ? &entry->score : NULL,
    .outcome = self->slots[record].outcome,
    .is_final = is_final,
    .is_released = entry != NULL && is_final && entry->claim.reason != NULL &&
                   g_strcmp0 (entry->claim.reason, entry->release) == 0,
    .is_alone = is_final && is_signed (self, record, jk_sheet_is_alone),
    .is_revoked = is_final && is_signed (self, record, jk_sheet_has_revoked_signer),
  };

  jk_score_row_append (out, self->centre, &line);
}

char *
jk_table_dup_scores_csv (const JkTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GString *out = g_string_new (NULL);
  jk_score_row_append_heading (out, self->centre);
  for (guint i = 0; i < self->n; i++) {
    if (is_listed (self, i))
      append_person (self, i, out);
  }
  return g_string_free (out, FALSE);
}

/* File, record, state, reason. */
static void
append_file (const JkTable *self, guint n, GString *out)
{
  const File *file = g_ptr_array_index (self->files, n);
  gboolean is_rehearsal = jk_session_is_rehearsal (jk_centre_get_session (self->centre));
  g_autofree char *record = file->has_record ? g_strdup_printf ("%u", file->record) : g_strdup ("");
  g_autofree char *status = g_strconcat (is_rehearsal ? "试考 " : "",
                                         jk_standing_get_word (jk_table_get_standing (self, n)),
                                         NULL);

  gboolean is_flagged = file->entry != NULL && file->entry->score.has_revoked_signer;
  g_autofree char *reason =
      g_strconcat (jk_table_get_reason (self, n),
                   is_flagged ? "; it obeys an order signed by a role that was revoked since" : "",
                   NULL);

  jk_csv_append_cell (out, file->file, FALSE);
  jk_csv_append_cell (out, record, FALSE);
  jk_csv_append_cell (out, status, FALSE);
  jk_csv_append_cell (out, reason, TRUE);
}

static void
append_sheet (const JkTable *self, guint n, GString *out)
{
  gboolean is_rehearsal = jk_session_is_rehearsal (jk_centre_get_session (self->centre));

  jk_csv_append_cell (out, jk_sheet_get_file (jk_sheet_merge_get_sheet (self->sheets, n)), FALSE);
  jk_csv_append_cell (out, "", FALSE);
  jk_csv_append_cell (out, is_rehearsal ? "试考 隔离" : "隔离", FALSE);
  jk_csv_append_cell (out, jk_sheet_merge_get_reason (self->sheets, n), TRUE);
}

static GString *
begin_list (void)
{
  GString *out = g_string_new (BOM);

  jk_csv_append_cell (out, "文件", FALSE);
  jk_csv_append_cell (out, "记录", FALSE);
  jk_csv_append_cell (out, "状态", FALSE);
  jk_csv_append_cell (out, "原因", TRUE);
  return out;
}

char *
jk_table_dup_quarantine_csv (const JkTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GString *out = begin_list ();
  for (guint i = 0; i < jk_sheet_merge_get_n_sheets (self->sheets); i++) {
    if (is_set_aside (self->sheets, i))
      append_sheet (self, i, out);
  }
  for (guint i = 0; i < self->files->len; i++) {
    if (jk_table_get_standing (self, i) == JK_STANDING_QUARANTINED)
      append_file (self, i, out);
  }
  return g_string_free (out, FALSE);
}

char *
jk_table_dup_files_csv (const JkTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GString *out = begin_list ();
  for (guint i = 0; i < self->files->len; i++)
    append_file (self, i, out);
  return g_string_free (out, FALSE);
}
