/* SPDX-License-Identifier: Apache-2.0 */
/* score/release.c: a release as text, and the MAC over what it says. */
#include "score/release.h"

#include "base/bytes.h"
#include "base/code.h"
#include "base/error.h"
#include "base/ini.h"
#include "base/limits.h"
#include "base/text.h"
#include "crypto/derive.h"
#include "score/error.h"

#define KEY_PURPOSE "jikao 1 release key"
#define PURPOSE "jikao 1 release"
#define GROUP "release"

struct _JkRelease {
  /* Owned */
  char *file;
  char *first;
  char *second;
  char *reason;
  /* Plain */
  JkReleaseTerms terms; /* its texts are those above */
  JkDigest session;
  JkDigest mac;
};

/* A text that a key file gives back as it was: one line, no backslash, no blank at its ends. */
static gboolean
is_line (const char *text, gsize size_max)
{
  gsize size = strlen (text);

  if (size == 0 || size > size_max || !g_utf8_validate (text, -1, NULL) ||
      g_ascii_isspace (text[0]) || g_ascii_isspace (text[size - 1]))
    return FALSE;
  for (const char *at = text; *at != '\0'; at++) {
    if (g_ascii_iscntrl (*at) || *at == '\\')
      return FALSE;
  }
  return TRUE;
}

/* A name without case, width and doubled blanks. */
static char *
dup_folded (const char *name)
{
  g_autofree char *plain = jk_text_normalise (name);
  return g_utf8_casefold (plain, -1);
}

static gboolean
is_same_person (const char *first, const char *second)
{
  g_autofree char *one = dup_folded (first);
  g_autofree char *two = dup_folded (second);

  return g_str_equal (one, two);
}

gboolean
jk_release_check_people (const JkReleaseTerms *terms, GError **error)
{
  const char *fault = NULL;

  if (!is_line (terms->first, JK_NAME_BYTES_MAX) || !is_line (terms->second, JK_NAME_BYTES_MAX))
    fault = "a release names two people, in one line each without a backslash";
  else if (is_same_person (terms->first, terms->second))
    fault = "a release names two different people";
  else if (!is_line (terms->reason, JK_NOTE_FACTS_BYTES_MAX))
    fault = "a release has a reason, in one line without a backslash";
  if (fault != NULL)
    g_set_error_literal (error, JK_SCORE_ERROR, JK_SCORE_ERROR_RELEASE, fault);
  return fault == NULL;
}

static void
append_text (GByteArray *out, const char *text)
{
  guint8 size[4];

  jk_bytes_put_u32 (size, (guint32) strlen (text));
  g_byte_array_append (out, size, sizeof size);
  g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text));
}

/* Session digest, result, u32 record, u32 seal number, then each text with its u32 length. */
static void
compute_mac (const JkReleaseTerms *terms,
             const JkDigest *session,
             const JkSecret *centre,
             JkDigest *out_mac)
{
  g_autoptr (JkSecret) key = jk_derive (centre, KEY_PURPOSE, NULL, 0);
  g_autoptr (GByteArray) said = g_byte_array_new ();
  guint8 numbers[8];

  jk_bytes_put_u32 (numbers, terms->record);
  jk_bytes_put_u32 (numbers + 4, terms->seal_number);
  g_byte_array_append (said, session->bytes, JK_DIGEST_BYTES);
  g_byte_array_append (said, terms->result.bytes, JK_DIGEST_BYTES);
  g_byte_array_append (said, numbers, sizeof numbers);
  append_text (said, terms->first);
  append_text (said, terms->second);
  append_text (said, terms->reason);
  jk_mac (key, PURPOSE, said->data, said->len, out_mac);
}

GBytes *
jk_release_write (const JkReleaseTerms *terms, const JkSession *session, const JkSecret *centre)
{
  const JkDigest *digest = jk_session_get_digest (session);
  g_autofree char *session_hex = jk_text_hex (digest->bytes, JK_DIGEST_BYTES);
  g_autofree char *result_hex = jk_text_hex (terms->result.bytes, JK_DIGEST_BYTES);
  JkDigest mac;

  compute_mac (terms, digest, centre, &mac);
  g_autofree char *mac_hex = jk_text_hex (mac.bytes, JK_DIGEST_BYTES);
  char *text = g_strdup_printf ("[" GROUP "]\nsession=%s\nresult=%s\nrecord=%u\nseal-number=%u\n"
                                "first=%s\nsecond=%s\nreason=%s\nmac=%s\n",
                                session_hex,
                                result_hex,
                                terms->record,
                                terms->seal_number,
                                terms->first,
                                terms->second,
                                terms->reason,
                                mac_hex);
  return g_bytes_new_take (text, strlen (text));
}

static void
read_digest (JkIni *ini, const char *key, JkDigest *out_digest)
{
  g_autofree char *text = jk_ini_dup_text (ini, GROUP, key);

  if (*text != '\0' && !jk_text_parse_hex (text, out_digest->bytes, JK_DIGEST_BYTES))
    jk_ini_fault (ini, GROUP, key, "64 hexadecimal digits", "something else");
}

/* FALSE with the first fault as error. */
static gboolean
parse (JkRelease *self, const char *text, GError **error)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkIni) ini = jk_ini_parse (self->file, text, report);

  if (ini != NULL) {
    read_digest (ini, "session", &self->session);
    read_digest (ini, "result", &self->terms.result);
    read_digest (ini, "mac", &self->mac);
    self->terms.record = (guint32) jk_ini_get_integer (ini, GROUP, "record", 0, JK_RECORDS_MAX - 1);
    self->terms.seal_number =
        (guint32) jk_ini_get_integer (ini, GROUP, "seal-number", 1, G_MAXUINT32);
    self->terms.first = self->first = jk_ini_dup_text (ini, GROUP, "first");
    self->terms.second = self->second = jk_ini_dup_text (ini, GROUP, "second");
    self->terms.reason = self->reason = jk_ini_dup_text (ini, GROUP, "reason");
    jk_ini_finish (ini);
  }
  if (ini != NULL && jk_report_get_n_faults (report) == 0)
    return TRUE;
  const JkFinding *fault = jk_report_get (report, 0);
  g_set_error (error,
               JK_SCORE_ERROR,
               JK_SCORE_ERROR_RELEASE,
               "%s: %s: it has %s; expected a release as jikaoctl score release writes it; let two "
               "people release the result again.",
               self->file,
               fault->place,
               fault->found);
  return FALSE;
}

static gboolean
check (const JkRelease *self, const JkSession *session, const JkSecret *centre, GError **error)
{
  const char *fault = NULL;
  JkDigest mac;

  compute_mac (&self->terms, &self->session, centre, &mac);
  if (!jk_digest_equal (&self->session, jk_session_get_digest (session)))
    fault = "it is of another session or hall";
  else if (!jk_digest_equal (&mac, &self->mac))
    fault = "it was changed, or written without this centre's key";
  else if (!jk_release_check_people (&self->terms, NULL))
    fault = "it does not name two people and a reason";
  if (fault != NULL)
    g_set_error (error,
                 JK_SCORE_ERROR,
                 JK_SCORE_ERROR_RELEASE,
                 "%s: %s; expected a release as jikaoctl score release writes it; let two people "
                 "release the result again.",
                 self->file,
                 fault);
  return fault == NULL;
}

JkRelease *
jk_release_open (const char *file,
                 GBytes *bytes,
                 const JkSession *session,
                 const JkSecret *centre,
                 GError **error)
{
  g_autoptr (JkRelease) self = g_new0 (JkRelease, 1);

  self->file = g_strdup (file);
  if (g_bytes_get_size (bytes) > JK_RELEASE_BYTES_MAX) {
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_TOO_LARGE,
                 "%s: it has %" G_GSIZE_FORMAT " bytes; expected at most %u; check that it is a "
                 "release.",
                 file,
                 g_bytes_get_size (bytes),
                 JK_RELEASE_BYTES_MAX);
    return NULL;
  }
  g_autofree char *text = jk_text_from_bytes (file, bytes, error);
  if (text == NULL || !parse (self, text, error) || !check (self, session, centre, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
jk_release_free (JkRelease *self)
{
  if (self == NULL)
    return;
  g_free (self->file);
  g_free (self->first);
  g_free (self->second);
  g_free (self->reason);
  g_free (self);
}

const char *
jk_release_get_file (const JkRelease *self)
{
  return self->file;
}

const JkReleaseTerms *
jk_release_get_terms (const JkRelease *self)
{
  return &self->terms;
}

char *
jk_release_dup_file_name (const JkReleaseTerms *terms, const JkSession *session)
{
  g_autofree char *letters = jk_code_format_short (terms->result.bytes, JK_SHORT_BITS);

  return g_strdup_printf ("%s-%s-%u-s%u-%s.jkrelease",
                          jk_session_get_short_name (session),
                          jk_session_get_hall (session),
                          terms->record,
                          terms->seal_number,
                          letters);
}
