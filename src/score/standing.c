/* SPDX-License-Identifier: Apache-2.0 */
/* score/standing.c: each claim by itself, then those with one seal number, then the highest. */
#include "score/standing.h"

#include <string.h>

typedef struct {
  /* Borrowed */
  JkClaim *const *claims;
  const JkSheetRow *rows;
  /* Plain */
  guint n;
  guint n_rows;
  guint32 blocked; /* the highest seal number that should count and does not; 0: none */
  gboolean is_contradicted;
  gboolean is_missing;
} Case;

const char *
jk_standing_get_name (JkStanding standing)
{
  static const char *const names[] = { "final", "provisional", "superseded", "quarantined" };
  return names[standing];
}

const char *
jk_standing_get_word (JkStanding standing)
{
  static const char *const words[] = { "正式", "待复核", "已替代", "隔离" };
  return words[standing];
}

static void
judge (JkClaim *claim, JkStanding standing, char *reason)
{
  g_free (claim->reason);
  claim->reason = reason;
  claim->standing = standing;
}

static const JkSheetRow *
find_digest (const Case *self, const JkDigest *digest)
{
  for (guint i = 0; i < self->n_rows; i++) {
    if (jk_sheet_row_has_result (&self->rows[i]) && jk_digest_equal (&self->rows[i].digest, digest))
      return &self->rows[i];
  }
  return NULL;
}

/* A row that names another result with this seal number. */
static gboolean
has_rival (const Case *self, guint32 seal_number)
{
  for (guint i = 0; i < self->n_rows; i++) {
    if (jk_sheet_row_has_result (&self->rows[i]) && self->rows[i].seal_number == seal_number)
      return TRUE;
  }
  return FALSE;
}

static gboolean
agrees (const JkClaim *claim, const JkSheetRow *row)
{
  return claim->seal_number == row->seal_number &&
         memcmp (claim->station, row->station, JK_PUBLIC_BYTES) == 0 &&
         (!jk_sheet_row_has_slip (row) || memcmp (claim->slip, row->slip, JK_SLIP_BYTES) == 0);
}

/* What a sheet says that speaks against a result it does not name; NULL: nothing. */
static const char *
get_objection (const Case *self, const JkClaim *claim)
{
  for (guint i = 0; i < self->n_rows; i++) {
    const JkSheetRow *row = &self->rows[i];
    if (!jk_sheet_row_is_present (row))
      return "the closing sheet says that nobody sat this record";
    if ((row->state == JK_SEAT_MOVED || row->state == JK_SEAT_LOST_COPIED) &&
        memcmp (row->station, claim->station, JK_PUBLIC_BYTES) == 0)
      return "the closing sheet says that this sitting went on at another station";
  }
  return NULL;
}

static void
judge_unnamed (const Case *self, JkClaim *claim)
{
  const char *objection = get_objection (self, claim);

  if (has_rival (self, claim->seal_number))
    judge (claim,
           JK_STANDING_QUARANTINED,
           g_strdup_printf ("the closing sheet names another result with this seal number, which "
                            "counts; %s",
                            claim->release != NULL ? "the release changes nothing, compare both"
                                                   : "compare both"));
  else if (claim->release != NULL)
    judge (claim, JK_STANDING_FINAL, g_strdup (claim->release));
  else if (objection != NULL)
    judge (claim,
           JK_STANDING_QUARANTINED,
           g_strdup_printf ("%s; ask the hall, or release it with two people", objection));
  else
    judge (claim,
           JK_STANDING_PROVISIONAL,
           g_strdup ("no closing sheet names it; ask the hall for a later sheet, or release it "
                     "with two people"));
}

static void
judge_each (const Case *self)
{
  for (guint i = 0; i < self->n; i++) {
    JkClaim *claim = self->claims[i];
    const JkSheetRow *row = find_digest (self, &claim->digest);
    if (row == NULL)
      judge_unnamed (self, claim);
    else if (agrees (claim, row))
      judge (claim, JK_STANDING_FINAL, g_strdup ("the closing sheet names it"));
    else
      judge (claim,
             JK_STANDING_QUARANTINED,
             g_strdup ("the closing sheet names it with another seal number, station or receipt; "
                       "ask both proctors for a sheet that is right"));
  }
}

static gboolean
counts (const JkClaim *claim)
{
  return claim->standing != JK_STANDING_QUARANTINED;
}

/* The claims that are still in, with this seal number: how many, and how many of them final. */
static guint
count_twins (const Case *self, guint32 seal_number, guint *out_final)
{
  guint n = 0;

  *out_final = 0;
  for (guint i = 0; i < self->n; i++) {
    if (!counts (self->claims[i]) || self->claims[i]->seal_number != seal_number)
      continue;
    n++;
    *out_final += self->claims[i]->standing == JK_STANDING_FINAL ? 1 : 0;
  }
  return n;
}

/* The first in the order of digests, so that reasons do not depend on the order of files. */
static const JkClaim *
find_twin (const Case *self, const JkClaim *claim, gboolean is_final)
{
  const JkClaim *found = NULL;

  for (guint i = 0; i < self->n; i++) {
    const JkClaim *other = self->claims[i];
    if (other == claim || other->seal_number != claim->seal_number ||
        (is_final && other->standing != JK_STANDING_FINAL) ||
        find_digest (self, &other->digest) != NULL)
      continue;
    if (found == NULL || memcmp (other->digest.bytes, found->digest.bytes, JK_DIGEST_BYTES) < 0)
      found = other;
  }
  return found;
}

/* Those of one seal number, which no sheet names: one was released, or all are set aside. */
static void
part_twins (Case *self, guint32 seal_number)
{
  guint n_final;
  guint n = count_twins (self, seal_number, &n_final);
  g_autoptr (GPtrArray) twins = g_ptr_array_new ();

  if (n < 2)
    return;
  for (guint i = 0; i < self->n; i++) {
    JkClaim *claim = self->claims[i];
    if (claim->seal_number == seal_number && counts (claim) &&
        (n_final != 1 || claim->standing != JK_STANDING_FINAL))
      g_ptr_array_add (twins, claim);
  }
  if (n_final != 1) {
    self->is_contradicted = TRUE;
    self->blocked = MAX (self->blocked, seal_number);
  }
  for (guint i = 0; i < twins->len; i++) {
    JkClaim *claim = g_ptr_array_index (twins, i);
    const JkClaim *other = find_twin (self, claim, n_final == 1);
    const char *file = other != NULL ? other->file : "another";
    judge (claim,
           JK_STANDING_QUARANTINED,
           n_final == 1
               ? g_strdup_printf ("two people released %s, which has this seal number too", file)
               : g_strdup_printf ("%s is another result of this record with the seal number %u; "
                                  "ask the hall which of them its closing sheet names",
                                  file,
                                  seal_number));
  }
}

/* A result above all that are here, which a sheet names. */
static void
look_for_missing (Case *self)
{
  guint32 highest = 0;

  for (guint i = 0; i < self->n_rows; i++) {
    gboolean is_here = FALSE;
    for (guint k = 0; k < self->n; k++)
      is_here |= counts (self->claims[k]) &&
                 jk_digest_equal (&self->claims[k]->digest, &self->rows[i].digest);
    if (jk_sheet_row_has_result (&self->rows[i]) && !is_here)
      highest = MAX (highest, self->rows[i].seal_number);
  }
  for (guint i = 0; i < self->n && highest > 0; i++) {
    JkClaim *claim = self->claims[i];
    if (claim->standing == JK_STANDING_FINAL && claim->release == NULL &&
        claim->seal_number < highest)
      judge (claim,
             JK_STANDING_PROVISIONAL,
             g_strdup_printf ("the closing sheet names a result with the seal number %u above it, "
                              "which is not here; look for that, or release this with two people",
                              highest));
  }
  self->is_missing = highest > 0;
  self->blocked = MAX (self->blocked, highest);
}

static JkClaim *
find_highest (const Case *self, JkStanding standing)
{
  JkClaim *highest = NULL;

  for (guint i = 0; i < self->n; i++) {
    JkClaim *claim = self->claims[i];
    if (claim->standing == standing &&
        (highest == NULL || claim->seal_number > highest->seal_number))
      highest = claim;
  }
  return highest;
}

/* Those below the one that counts. */
static void
supersede (const Case *self, const JkClaim *highest)
{
  for (guint i = 0; i < self->n; i++) {
    JkClaim *claim = self->claims[i];
    if (counts (claim) && claim->seal_number < highest->seal_number)
      judge (claim,
             JK_STANDING_SUPERSEDED,
             g_strdup_printf ("%s has the seal number %u and counts",
                              highest->file,
                              highest->seal_number));
  }
}

/* What the rows say of a record of which no claim counts. */
static JkOutcome
get_outcome (const Case *self)
{
  if (self->is_missing)
    return JK_OUTCOME_MISSING;
  if (self->is_contradicted)
    return JK_OUTCOME_CONTRADICTED;
  if (self->n > 0)
    return JK_OUTCOME_QUARANTINED;
  for (guint i = 0; i < self->n_rows; i++) {
    if (jk_sheet_row_is_present (&self->rows[i]) && self->rows[i].state != JK_SEAT_LEFT_ILL)
      return JK_OUTCOME_LOST;
  }
  return self->n_rows > 0 && self->rows[0].state == JK_SEAT_LEFT_ILL ? JK_OUTCOME_ILL
                                                                     : JK_OUTCOME_ABSENT;
}

JkOutcome
jk_standing_settle (JkClaim *const *claims,
                    guint n,
                    const JkSheetRow *rows,
                    guint n_rows,
                    JkClaim **out_counts)
{
  Case self = { .claims = claims, .rows = rows, .n = n, .n_rows = n_rows };

  judge_each (&self);
  for (guint i = 0; i < n; i++)
    part_twins (&self, claims[i]->seal_number);
  look_for_missing (&self);
  JkClaim *highest = find_highest (&self, JK_STANDING_FINAL);
  if (highest == NULL) {
    highest = find_highest (&self, JK_STANDING_PROVISIONAL);
    if (highest != NULL && highest->seal_number < self.blocked)
      highest = NULL;
  }
  *out_counts = highest;
  if (highest == NULL)
    return get_outcome (&self);
  supersede (&self, highest);
  return JK_OUTCOME_SCORED;
}
