/* SPDX-License-Identifier: Apache-2.0 */
/* session/order.c: an order as bytes: written, signed, taken apart (FORMATS.md section 9).
 *
 * Forbidden here: to ask whether an order applies; order-rules.c does. */
#include "session/order-private.h"

#include "base/bytes.h"
#include "base/limits.h"
#include "session/error.h"
#include "session/purpose.h"

#define MAGIC "JKORDR\r\n"
#define SUITE 1
#define VERSION 1
#define N_SIGNERS_AT 14
#define AMENDMENT_AT 202
#define HEAD_BYTES 208
#define SIGNATURE_BYTES (8 + JK_SIGNATURE_BYTES)
#define CONTENT_BYTES_MAX (HEAD_BYTES + JK_ID_BYTES_MAX + 2 * JK_ORDER_TEXT_BYTES_MAX)

struct _JkOrder {
  /* Owned */
  char *file;
  char *texts; /* hall, text, reason, each ended by a zero byte */
  GBytes *bytes;
  /* Plain */
  JkOrderTerms terms;
  JkDigest digest;
  guint n_signers;
  JkRoleName signers[JK_ORDER_SIGNERS_MAX];
};

static gboolean
refuse (GError **error, const char *file, const char *found)
{
  g_set_error (error,
               JK_SESSION_ERROR,
               JK_SESSION_ERROR_ORDER_FORM,
               "%s: the order %s; expected one as the proctor's panel writes it; give the order "
               "again.",
               file,
               found);
  return FALSE;
}

void
jk_order_terms_init (JkOrderTerms *self,
                     const JkSession *session,
                     JkAct act,
                     const JkWorld *world,
                     guint64 counter)
{
  *self = (JkOrderTerms){
    .hall = jk_session_get_hall (session),
    .text = "",
    .reason = "",
    .session = *jk_session_get_digest (session),
    .counter = counter,
    .wall_ms = world->clock->wall_ms (world->clock),
    .record = JK_ORDER_EVERY,
    .amendment = jk_session_get_amendment_number (session),
    .epoch = JK_ORDER_ANY_EPOCH,
    .act = act,
  };
  jk_random_fill (world->random, "order: id", counter, self->id, sizeof self->id);
}

/* Head and texts, without signatures; the count of signatures is 0, as it is signed. */
static guint8 *
put_content (const JkOrderTerms *terms, gsize *out_size)
{
  gsize hall_size = strlen (terms->hall);
  gsize text_size = strlen (terms->text);
  gsize reason_size = strlen (terms->reason);

  g_assert (hall_size <= JK_ID_BYTES_MAX && text_size <= JK_ORDER_TEXT_BYTES_MAX &&
            reason_size <= JK_ORDER_TEXT_BYTES_MAX && terms->amendment <= JK_AMENDMENTS_MAX);
  guint8 *out = g_malloc0 (CONTENT_BYTES_MAX);
  memcpy (out, MAGIC, 8);
  jk_bytes_put_u16 (out + 8, SUITE);
  jk_bytes_put_u16 (out + 10, VERSION);
  jk_bytes_put_u16 (out + 12, (guint16) terms->act);
  memcpy (out + 16, terms->id, JK_ORDER_ID_BYTES);
  memcpy (out + 32, terms->session.bytes, JK_DIGEST_BYTES);
  memcpy (out + 64, terms->station, JK_PUBLIC_BYTES);
  memcpy (out + 96, terms->device, JK_PUBLIC_BYTES);
  memcpy (out + 128, terms->subject, JK_ORDER_SUBJECT_BYTES);
  jk_bytes_put_u64 (out + 160, terms->counter);
  jk_bytes_put_u64 (out + 168, (guint64) terms->wall_ms);
  jk_bytes_put_u64 (out + 176, terms->amount);
  jk_bytes_put_u32 (out + 184, terms->record);
  jk_bytes_put_u32 (out + 188, terms->epoch);
  jk_bytes_put_u32 (out + 192, terms->states);
  jk_bytes_put_u16 (out + 196, (guint16) hall_size);
  jk_bytes_put_u16 (out + 198, (guint16) text_size);
  jk_bytes_put_u16 (out + 200, (guint16) reason_size);
  jk_bytes_put_u16 (out + AMENDMENT_AT, (guint16) terms->amendment);
  memcpy (out + HEAD_BYTES, terms->hall, hall_size);
  memcpy (out + HEAD_BYTES + hall_size, terms->text, text_size);
  memcpy (out + HEAD_BYTES + hall_size + text_size, terms->reason, reason_size);
  *out_size = HEAD_BYTES + hall_size + text_size + reason_size;
  return out;
}

/* Appends a signature to content that counts none, and to what follows it already. */
static GBytes *
append_signature (const guint8 *content,
                  gsize content_size,
                  const guint8 *signatures,
                  guint n_signatures,
                  JkRoleName role,
                  const JkSecret *sign_key)
{
  gsize before = (gsize) n_signatures * SIGNATURE_BYTES;
  guint8 *out = g_malloc0 (content_size + before + SIGNATURE_BYTES);
  guint8 *at = out + content_size + before;

  memcpy (out, content, content_size);
  if (before > 0)
    memcpy (out + content_size, signatures, before);
  at[0] = (guint8) role;
  jk_sign (sign_key, JK_PURPOSE_ORDER, content, content_size, at + 8);
  out[N_SIGNERS_AT] = (guint8) (n_signatures + 1);
  return g_bytes_new_take (out, content_size + before + SIGNATURE_BYTES);
}

GBytes *
jk_order_write (const JkOrderTerms *terms, JkRoleName role, const JkSecret *sign_key)
{
  gsize size;
  g_autofree guint8 *content = put_content (terms, &size);

  return append_signature (content, size, NULL, 0, role, sign_key);
}

GBytes *
jk_order_countersign (const char *file,
                      GBytes *order,
                      JkRoleName role,
                      const JkSecret *sign_key,
                      GError **error)
{
  g_autoptr (JkOrder) self = jk_order_parse (file, order, error);
  gsize size;

  if (self == NULL)
    return NULL;
  if (self->n_signers == JK_ORDER_SIGNERS_MAX) {
    refuse (error, file, "has two signatures already");
    return NULL;
  }
  if (self->signers[0] == role) {
    refuse (error, file, "is signed by this role already: the second must be another person");
    return NULL;
  }
  const guint8 *data = g_bytes_get_data (order, &size);
  gsize content_size = size - SIGNATURE_BYTES;
  g_autofree guint8 *content = g_memdup2 (data, content_size);
  content[N_SIGNERS_AT] = 0;
  return append_signature (content, content_size, data + content_size, 1, role, sign_key);
}

static void
get_terms (const guint8 *data, JkOrderTerms *out)
{
  *out = (JkOrderTerms){
    .act = (JkAct) jk_bytes_get_u16 (data + 12),
    .counter = jk_bytes_get_u64 (data + 160),
    .wall_ms = (gint64) jk_bytes_get_u64 (data + 168),
    .amount = jk_bytes_get_u64 (data + 176),
    .record = jk_bytes_get_u32 (data + 184),
    .epoch = jk_bytes_get_u32 (data + 188),
    .states = jk_bytes_get_u32 (data + 192),
    .amendment = jk_bytes_get_u16 (data + AMENDMENT_AT),
  };
  memcpy (out->id, data + 16, JK_ORDER_ID_BYTES);
  memcpy (out->session.bytes, data + 32, JK_DIGEST_BYTES);
  memcpy (out->station, data + 64, JK_PUBLIC_BYTES);
  memcpy (out->device, data + 96, JK_PUBLIC_BYTES);
  memcpy (out->subject, data + 128, JK_ORDER_SUBJECT_BYTES);
}

/* The three texts, as one block of zero-terminated strings; NULL when one of them is no text that a
 * person can have written. */
static char *
get_texts (const guint8 *data, JkOrderTerms *terms)
{
  gsize sizes[3] = {
    jk_bytes_get_u16 (data + 196),
    jk_bytes_get_u16 (data + 198),
    jk_bytes_get_u16 (data + 200),
  };
  const char **outs[3] = { &terms->hall, &terms->text, &terms->reason };
  const guint8 *from = data + HEAD_BYTES;
  g_autofree char *texts = g_malloc (sizes[0] + sizes[1] + sizes[2] + G_N_ELEMENTS (sizes));
  char *at = texts;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    memcpy (at, from, sizes[i]);
    at[sizes[i]] = '\0';
    if (!g_utf8_validate_len (at, sizes[i], NULL))
      return NULL;
    *outs[i] = at;
    from += sizes[i];
    at += sizes[i] + 1;
  }
  return g_steal_pointer (&texts);
}

static gboolean
get_signers (JkOrder *self, const guint8 *signatures)
{
  static const guint8 zeros[7] = { 0 };

  for (guint i = 0; i < self->n_signers; i++) {
    const guint8 *at = signatures + (gsize) i * SIGNATURE_BYTES;
    if (at[0] < JK_ROLE_CHIEF || at[0] > JK_ROLES_MAX || memcmp (at + 1, zeros, sizeof zeros) != 0)
      return FALSE;
    self->signers[i] = (JkRoleName) at[0];
  }
  return self->n_signers < 2 || self->signers[0] != self->signers[1];
}

/* Sizes before content; FALSE with half a sentence. */
static gboolean
check_sizes (const guint8 *data, gsize size, gsize *out_content_size, const char **out_found)
{
  static const guint8 zeros[4] = { 0 };

  *out_found = "is cut short";
  if (size < HEAD_BYTES)
    return FALSE;
  *out_found = "is of another kind or a newer version";
  if (memcmp (data, MAGIC, 8) != 0 || jk_bytes_get_u16 (data + 8) != SUITE ||
      jk_bytes_get_u16 (data + 10) != VERSION)
    return FALSE;
  guint n_signers = data[N_SIGNERS_AT];
  gsize hall_size = jk_bytes_get_u16 (data + 196);
  gsize text_size = jk_bytes_get_u16 (data + 198);
  gsize reason_size = jk_bytes_get_u16 (data + 200);
  *out_found = "has lengths or numbers that cannot be";
  if (n_signers < 1 || n_signers > JK_ORDER_SIGNERS_MAX || data[15] != 0 ||
      memcmp (data + AMENDMENT_AT + 2, zeros, sizeof zeros) != 0 ||
      jk_bytes_get_u16 (data + AMENDMENT_AT) > JK_AMENDMENTS_MAX || hall_size > JK_ID_BYTES_MAX ||
      text_size > JK_ORDER_TEXT_BYTES_MAX || reason_size > JK_ORDER_TEXT_BYTES_MAX)
    return FALSE;
  *out_content_size = HEAD_BYTES + hall_size + text_size + reason_size;
  *out_found = "is cut short, or longer than it says";
  return size == *out_content_size + (gsize) n_signers * SIGNATURE_BYTES;
}

JkOrder *
jk_order_parse (const char *file, GBytes *bytes, GError **error)
{
  g_autoptr (JkOrder) self = g_new0 (JkOrder, 1);
  gsize size, content_size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const char *found;

  self->file = g_strdup (file);
  self->bytes = g_bytes_ref (bytes);
  if (!check_sizes (data, size, &content_size, &found)) {
    refuse (error, file, found);
    return NULL;
  }
  get_terms (data, &self->terms);
  self->texts = get_texts (data, &self->terms);
  self->n_signers = data[N_SIGNERS_AT];
  if (self->texts == NULL || !get_signers (self, data + content_size)) {
    refuse (error, file, "has a text or a role that cannot be");
    return NULL;
  }
  g_autofree guint8 *content = g_memdup2 (data, content_size);
  content[N_SIGNERS_AT] = 0;
  jk_hash (JK_PURPOSE_ORDER, content, content_size, &self->digest);
  return g_steal_pointer (&self);
}

void
jk_order_free (JkOrder *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->texts);
  g_free (self->file);
  g_free (self);
}

const char *
jk_order_get_file (const JkOrder *self)
{
  return self->file;
}

const JkOrderTerms *
jk_order_get_terms (const JkOrder *self)
{
  return &self->terms;
}

GBytes *
jk_order_get_bytes (const JkOrder *self)
{
  return self->bytes;
}

const JkDigest *
jk_order_get_digest (const JkOrder *self)
{
  return &self->digest;
}

guint
jk_order_get_n_signers (const JkOrder *self)
{
  return self->n_signers;
}

JkRoleName
jk_order_get_signer (const JkOrder *self, guint n)
{
  g_return_val_if_fail (n < self->n_signers, JK_ROLE_CHIEF);
  return self->signers[n];
}

gboolean
jk_order_verify_signature (const JkOrder *self, guint n, const guint8 key[static JK_PUBLIC_BYTES])
{
  gsize size;
  const guint8 *data = g_bytes_get_data (self->bytes, &size);
  gsize content_size = size - (gsize) self->n_signers * SIGNATURE_BYTES;
  const guint8 *signature = data + content_size + (gsize) n * SIGNATURE_BYTES + 8;
  g_autofree guint8 *content = g_memdup2 (data, content_size);

  content[N_SIGNERS_AT] = 0;
  return jk_sign_verify (key, JK_PURPOSE_ORDER, content, content_size, signature);
}
