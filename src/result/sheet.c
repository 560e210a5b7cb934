/* SPDX-License-Identifier: Apache-2.0 */
/* result/sheet.c: opens a closing sheet and checks all that its bytes can prove (P6, P10).
 *
 * Order: size, envelope, whole, session, signers, sections, signatures, rows, texts. */
#include "base/bytes.h"
#include "base/code.h"
#include "base/error.h"
#include "base/limits.h"
#include "envelope/envelope.h"
#include "result/error.h"
#include "result/sheet-private.h"

struct _JkSheet {
  /* Owned */
  JkEnvelope *envelope;
  GVariant *texts; /* seats and notes borrow from it */
  JkSheetRow *rows;
  const char **seats;
  JkSheetNote *notes;
  /* Borrowed */
  const char *hall;
  /* Plain */
  JkSheetSigners signers;
  JkDigest digest;
  JkDigest predecessor;
  guint32 number;
  guint n_rows;
  guint n_notes;
  gboolean has_revoked_signer;
};

static gboolean
refuse (const JkSheet *self, JkResultError code, const char *found, GError **error)
{
  g_set_error (
      error,
      JK_RESULT_ERROR,
      (gint) code,
      "%s: it %s; expected a closing sheet as the proctors of this hall sign it; keep it aside "
      "and ask the hall for its copy.",
      jk_envelope_get_file (self->envelope),
      found);
  return FALSE;
}

void
jk_sheet_compute_digest (const JkDigest *session,
                         guint32 number,
                         const JkDigest *predecessor,
                         GBytes *rows,
                         GBytes *texts,
                         JkDigest *out_digest)
{
  g_autoptr (JkHash) hash = jk_hash_new (JK_SHEET_PURPOSE);

  jk_hash_update (hash, session->bytes, JK_DIGEST_BYTES);
  jk_hash_update (hash, predecessor->bytes, JK_DIGEST_BYTES);
  jk_hash_update_u32 (hash, number);
  jk_hash_update_u32 (hash, (guint32) (g_bytes_get_size (rows) / JK_SHEET_ROW_BYTES));
  jk_hash_update (hash, g_bytes_get_data (rows, NULL), g_bytes_get_size (rows));
  jk_hash_update (hash, g_bytes_get_data (texts, NULL), g_bytes_get_size (texts));
  jk_hash_finish (hash, out_digest);
}

void
jk_sheet_put_signed (guint8 out[static JK_SHEET_SIGNED_BYTES],
                     const JkDigest *digest,
                     const JkSheetSigners *signers)
{
  memset (out, 0, JK_SHEET_SIGNED_BYTES);
  memcpy (out, digest->bytes, JK_DIGEST_BYTES);
  out[JK_DIGEST_BYTES] = (guint8) signers->first;
  out[JK_DIGEST_BYTES + 1] = (guint8) signers->second;
  out[JK_DIGEST_BYTES + 2] = signers->alone ? 1 : 0;
}

static gboolean
is_role (JkRoleName role)
{
  return role >= JK_ROLE_CHIEF && (guint) role <= JK_ROLES_MAX;
}

gboolean
jk_sheet_signers_check (const JkSheetSigners *signers)
{
  return is_role (signers->first) && is_role (signers->second) &&
         signers->first != signers->second &&
         (!signers->alone || MAX (signers->first, signers->second) >= JK_ROLE_SPARE_1);
}

/* The rows of one record, from the first on. */
static const char *
get_record_fault (const JkSheetRow *rows, guint n)
{
  guint32 last_seal = 0;

  for (guint i = 0; i < n; i++) {
    if (!jk_sheet_row_is_present (&rows[i]) && n > 1)
      return "says of one record both that nobody came and what became of it";
    if (rows[i].spare != rows[0].spare)
      return "says of one record both that it is a spare one and that it is not";
    if (!jk_sheet_row_has_result (&rows[i]))
      continue;
    if (rows[i].seal_number == last_seal)
      return "names two results of one record with the same seal number";
    last_seal = rows[i].seal_number;
  }
  return NULL;
}

const char *
jk_sheet_rows_get_fault (const JkSheetRow *rows, guint n, guint n_records)
{
  guint first = 0;

  for (guint i = 0; i < n; i++) {
    if (rows[i].record >= n_records)
      return "has a row of a record that the session does not have";
    if (i > 0 && jk_sheet_row_compare (&rows[i - 1], &rows[i]) >= 0)
      return "has rows out of order";
    if (i + 1 < n && rows[i + 1].record == rows[i].record)
      continue;
    const char *fault = get_record_fault (rows + first, i + 1 - first);
    if (fault != NULL)
      return fault;
    first = i + 1;
  }
  return NULL;
}

static gboolean
take_digest (GVariant *body, gsize child, JkDigest *out_digest)
{
  g_autoptr (GVariant) array = g_variant_get_child_value (body, child);
  gsize n = 0;
  const guint8 *bytes = g_variant_get_fixed_array (array, &n, 1);

  if (n != JK_DIGEST_BYTES)
    return FALSE;
  memcpy (out_digest->bytes, bytes, JK_DIGEST_BYTES);
  return TRUE;
}

static gboolean
read_body (JkSheet *self, const JkSession *session, GError **error)
{
  static const JkDigest none = { { 0 } };
  GVariant *body = jk_envelope_get_body (self->envelope);
  guint8 first = 0;
  guint8 second = 0;
  JkDigest digest;

  g_variant_get_child (body, 1, "&s", &self->hall);
  g_variant_get_child (body, 2, "u", &self->number);
  g_variant_get_child (body, 4, "y", &first);
  g_variant_get_child (body, 5, "y", &second);
  g_variant_get_child (body, 6, "b", &self->signers.alone);
  self->signers.first = (JkRoleName) first;
  self->signers.second = (JkRoleName) second;
  if (!take_digest (body, 0, &digest) || !take_digest (body, 3, &self->predecessor))
    return refuse (self, JK_RESULT_ERROR_CONTENT, "has a digest of a wrong length", error);
  if (!jk_digest_equal (&digest, jk_session_get_digest (session)) ||
      !g_str_equal (self->hall, jk_session_get_hall (session)))
    return refuse (self, JK_RESULT_ERROR_FOREIGN, "is of another session or hall", error);
  if (self->number == 0 || self->number > JK_SHEETS_MAX ||
      (self->number == 1) != jk_digest_equal (&self->predecessor, &none))
    return refuse (self, JK_RESULT_ERROR_CONTENT, "has a number that cannot be", error);
  if (!jk_sheet_signers_check (&self->signers))
    return refuse (self,
                   JK_RESULT_ERROR_CONTENT,
                   "names signers that may not sign together",
                   error);
  return TRUE;
}

/* The key of a role; NULL when the session has no such role. */
static const guint8 *
find_key (const JkSession *session, JkRoleName name)
{
  const JkRole *role = jk_session_find_role (session, name);

  return role != NULL ? role->sign_public : NULL;
}

static gboolean
check_signatures (const JkSheet *self, const JkSession *session, GError **error)
{
  const guint8 *first = find_key (session, self->signers.first);
  const guint8 *second = find_key (session, self->signers.second);
  guint8 message[JK_SHEET_SIGNED_BYTES];
  g_autoptr (GBytes) signature =
      jk_envelope_load_section (self->envelope, JK_SHEET_SIGN_SECTION, 0, error);

  if (signature == NULL)
    return FALSE;
  if (first == NULL ||
      memcmp (first, jk_envelope_get_signer (self->envelope), JK_PUBLIC_BYTES) != 0)
    return refuse (self,
                   JK_RESULT_ERROR_SIGNATURE,
                   "is not signed by the first role it names",
                   error);
  jk_sheet_put_signed (message, &self->digest, &self->signers);
  if (g_bytes_get_size (signature) != JK_SIGNATURE_BYTES || second == NULL ||
      !jk_sign_verify (second,
                       JK_SHEET_SIGN_PURPOSE,
                       message,
                       sizeof message,
                       g_bytes_get_data (signature, NULL)))
    return refuse (self,
                   JK_RESULT_ERROR_SIGNATURE,
                   "is not signed by the second role it names",
                   error);
  return TRUE;
}

static gboolean
read_rows (JkSheet *self, GBytes *bytes, guint n_records, GError **error)
{
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  gsize n = g_bytes_get_size (bytes) / JK_SHEET_ROW_BYTES;

  if (n > JK_SHEET_ROWS_MAX)
    return refuse (self, JK_RESULT_ERROR_CONTENT, "has more rows than a hall can have", error);
  self->n_rows = (guint) n;
  self->rows = g_new0 (JkSheetRow, n);
  for (guint i = 0; i < n; i++) {
    if (!jk_sheet_row_get (data + (gsize) i * JK_SHEET_ROW_BYTES, &self->rows[i]))
      return refuse (self, JK_RESULT_ERROR_CONTENT, "has a row that cannot be", error);
  }
  const char *fault = jk_sheet_rows_get_fault (self->rows, self->n_rows, n_records);
  return fault == NULL || refuse (self, JK_RESULT_ERROR_CONTENT, fault, error);
}

/* Texts are printed for proctors: nothing in them moves a terminal's cursor. */
static gboolean
is_plain (const char *text, gsize size_max)
{
  for (const char *at = text; *at != '\0'; at++) {
    if (g_ascii_iscntrl (*at))
      return FALSE;
  }
  return strlen (text) <= size_max;
}

/* Whether a note can be of this session. */
static gboolean
check_note (const JkSheetNote *note, guint n_records)
{
  return (note->record < n_records || note->record == JK_NOTE_ROOM) &&
         (note->kind == JK_NOTE_INCIDENT || note->kind == JK_NOTE_VIOLATION) &&
         is_plain (note->code, JK_ID_BYTES_MAX) && *note->facts != '\0' &&
         is_plain (note->facts, JK_NOTE_FACTS_BYTES_MAX);
}

static gboolean
read_notes (JkSheet *self, GVariant *array, guint n_records)
{
  gsize n = g_variant_n_children (array);

  if (n > JK_SHEET_NOTES_MAX)
    return FALSE;
  self->notes = g_new0 (JkSheetNote, n);
  self->n_notes = (guint) n;
  for (gsize i = 0; i < n; i++) {
    JkSheetNote *note = &self->notes[i];
    guint8 kind = 0;
    g_variant_get_child (array, i, "(uy&s&s)", &note->record, &kind, &note->code, &note->facts);
    note->kind = (JkNoteKind) kind;
    if (!check_note (note, n_records))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_texts (JkSheet *self, GBytes *bytes, guint n_records, GError **error)
{
  g_autoptr (GVariant) seats = NULL;
  g_autoptr (GVariant) notes = NULL;
  gsize n_seats = 0;

  self->texts =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (JK_SHEET_TEXTS), bytes, FALSE));
  if (!g_variant_is_normal_form (self->texts))
    return refuse (self, JK_RESULT_ERROR_CONTENT, "has texts that are none", error);
  if (G_BYTE_ORDER == G_BIG_ENDIAN) {
    GVariant *native = g_variant_byteswap (self->texts);
    g_variant_unref (self->texts);
    self->texts = native;
  }
  seats = g_variant_get_child_value (self->texts, 0);
  notes = g_variant_get_child_value (self->texts, 1);
  self->seats = g_variant_get_strv (seats, &n_seats);
  if (n_seats != self->n_rows)
    return refuse (self, JK_RESULT_ERROR_CONTENT, "has other seats than rows", error);
  for (gsize i = 0; i < n_seats; i++) {
    if (!is_plain (self->seats[i], JK_ID_BYTES_MAX))
      return refuse (self, JK_RESULT_ERROR_CONTENT, "has a seat that cannot be", error);
  }
  return read_notes (self, notes, n_records) ||
         refuse (self, JK_RESULT_ERROR_CONTENT, "has a note that cannot be", error);
}

static gboolean
read_content (JkSheet *self, const JkSession *session, GError **error)
{
  guint n_records = jk_session_get_n_records (session);
  g_autoptr (GBytes) rows =
      jk_envelope_load_section (self->envelope, JK_SHEET_ROWS_SECTION, JK_SHEET_ROW_BYTES, error);
  g_autoptr (GBytes) texts =
      rows != NULL ? jk_envelope_load_section (self->envelope, JK_SHEET_TEXTS_SECTION, 0, error)
                   : NULL;

  if (texts == NULL)
    return FALSE;
  jk_sheet_compute_digest (jk_session_get_digest (session),
                           self->number,
                           &self->predecessor,
                           rows,
                           texts,
                           &self->digest);
  return check_signatures (self, session, error) && read_rows (self, rows, n_records, error) &&
         read_texts (self, texts, n_records, error);
}

gboolean
jk_sheet_note_equal (const JkSheetNote *a, const JkSheetNote *b)
{
  return a->kind == b->kind && a->record == b->record && g_str_equal (a->code, b->code) &&
         g_str_equal (a->facts, b->facts);
}

JkSheet *
jk_sheet_open (const char *file, GBytes *bytes, const JkSession *session, GError **error)
{
  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (session != NULL, NULL);

  if (g_bytes_get_size (bytes) > JK_SHEET_BYTES_MAX) {
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_TOO_LARGE,
                 "%s: it has %" G_GSIZE_FORMAT
                 " bytes; expected at most %u; check that it is a closing sheet.",
                 file,
                 g_bytes_get_size (bytes),
                 JK_SHEET_BYTES_MAX);
    return NULL;
  }
  g_autoptr (JkSheet) self = g_new0 (JkSheet, 1);
  self->envelope =
      jk_envelope_open_bytes (file, bytes, JK_KIND_CLOSING_SHEET, JK_SHEET_BODY, NULL, error);
  if (self->envelope == NULL || !jk_envelope_check_whole (self->envelope, error) ||
      !read_body (self, session, error) || !read_content (self, session, error))
    return NULL;
  self->has_revoked_signer = jk_session_is_role_revoked (session, self->signers.first) ||
                             jk_session_is_role_revoked (session, self->signers.second);
  return g_steal_pointer (&self);
}

void
jk_sheet_free (JkSheet *self)
{
  if (self == NULL)
    return;
  g_free (self->notes);
  g_free (self->seats);
  g_free (self->rows);
  g_clear_pointer (&self->texts, g_variant_unref);
  jk_envelope_free (self->envelope);
  g_free (self);
}

const char *
jk_sheet_get_file (const JkSheet *self)
{
  return jk_envelope_get_file (self->envelope);
}

guint32
jk_sheet_get_number (const JkSheet *self)
{
  return self->number;
}

const JkDigest *
jk_sheet_get_digest (const JkSheet *self)
{
  return &self->digest;
}

const JkDigest *
jk_sheet_get_predecessor (const JkSheet *self)
{
  return &self->predecessor;
}

const char *
jk_sheet_get_hall (const JkSheet *self)
{
  return self->hall;
}

JkRoleName
jk_sheet_get_first_role (const JkSheet *self)
{
  return self->signers.first;
}

JkRoleName
jk_sheet_get_second_role (const JkSheet *self)
{
  return self->signers.second;
}

gboolean
jk_sheet_is_alone (const JkSheet *self)
{
  return self->signers.alone;
}

gboolean
jk_sheet_has_revoked_signer (const JkSheet *self)
{
  return self->has_revoked_signer;
}

guint
jk_sheet_get_n_rows (const JkSheet *self)
{
  return self->n_rows;
}

const JkSheetRow *
jk_sheet_get_row (const JkSheet *self, guint n)
{
  g_return_val_if_fail (n < self->n_rows, NULL);
  return &self->rows[n];
}

const char *
jk_sheet_get_seat (const JkSheet *self, guint n)
{
  g_return_val_if_fail (n < self->n_rows, NULL);
  return self->seats[n];
}

guint
jk_sheet_get_n_notes (const JkSheet *self)
{
  return self->n_notes;
}

const JkSheetNote *
jk_sheet_get_note (const JkSheet *self, guint n)
{
  g_return_val_if_fail (n < self->n_notes, NULL);
  return &self->notes[n];
}

char *
jk_sheet_dup_code (const JkDigest *sheet)
{
  return jk_code_format (sheet->bytes, JK_RECEIPT_BITS);
}

char *
jk_sheet_dup_file_name (const JkSession *session, guint32 number)
{
  return g_strdup_printf ("%s-%s-%u.jkhandin",
                          jk_session_get_short_name (session),
                          jk_session_get_hall (session),
                          number);
}
