/* SPDX-License-Identifier: Apache-2.0 */
/* session/session-codes.c: what the printed codes and the centre's key open.
 *
 * A mistyped code (its check letter) is told before anything is computed; a wrong one only after
 * Argon2id. */
#include "session/session-private.h"

#include "base/code.h"
#include "crypto/error.h"
#include "session/error.h"
#include "session/printed-code.h"
#include "session/purpose.h"

/* Gives key back when it has the size of a key. */
static JkSecret *
check_key (const JkSession *self, JkSecret *key, GError **error)
{
  if (key == NULL || jk_secret_get_size (key) == JK_KEY_BYTES)
    return key;
  g_set_error (error,
               JK_SESSION_ERROR,
               JK_SESSION_ERROR_CONTENT,
               "%s: a wrapped key has %" G_GSIZE_FORMAT
               " bytes; expected %u; ask the authority for a new build.",
               jk_session_get_file (self),
               jk_secret_get_size (key),
               JK_KEY_BYTES);
  jk_secret_free (key);
  return NULL;
}

/* Passes a refusal on, but a box that does not open as a wrong code, in plain words. */
static void
tell_wrong_code (GError *refusal,
                 const JkSession *self,
                 JkSessionError code,
                 const char *name,
                 GError **error)
{
  if (!g_error_matches (refusal, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET)) {
    g_propagate_error (error, refusal);
    return;
  }
  g_error_free (refusal);
  g_set_error (error,
               JK_SESSION_ERROR,
               (gint) code,
               "The %s is not that of session %s, hall %s; compare it with the printed one of this "
               "session and type it again.",
               name,
               self->name,
               self->hall);
}

JkSecret *
jk_session_open_room (const JkSession *self, const char *typed, GError **error)
{
  GError *refusal = NULL;
  g_autoptr (JkSecret) code = jk_printed_code_parse (typed, JK_ROOM_CODE_BITS, error);
  if (code == NULL)
    return NULL;

  JkSecret *key = jk_wraps_open_roster_key (self->wraps,
                                            self->id,
                                            self->hall,
                                            code,
                                            self->costs.code,
                                            &refusal);
  if (refusal != NULL)
    tell_wrong_code (refusal, self, JK_SESSION_ERROR_ROOM_CODE, "room code", error);
  return check_key (self, key, error);
}

static JkSecret *
open_start (const JkSession *self, const JkSecret *code, GError **error)
{
  GError *refusal = NULL;
  JkSecret *key = jk_wraps_open_paper_key (self->wraps, self->id, code, self->costs.code, &refusal);

  if (refusal != NULL)
    tell_wrong_code (refusal,
                     self,
                     JK_SESSION_ERROR_START_CODE,
                     self->n_start_codes == 1 ? "start code" : "pair of halves of the start code",
                     error);
  return check_key (self, key, error);
}

/* A half of the start code, read; a fault in it says which one it is. */
static JkSecret *
read_half (const char *typed, const char *name, GError **error)
{
  JkSecret *half = jk_printed_code_parse (typed, JK_START_CODE_BITS, error);

  if (half == NULL)
    g_prefix_error (error, "%s half of the start code: ", name);
  return half;
}

static JkSecret *
join (const JkSecret *first, const JkSecret *second)
{
  JkSecret *both = jk_secret_new (2 * (gsize) JK_START_CODE_LETTERS);

  memcpy (jk_secret_get_mutable (both), jk_secret_get (first), JK_START_CODE_LETTERS);
  memcpy (jk_secret_get_mutable (both) + JK_START_CODE_LETTERS,
          jk_secret_get (second),
          JK_START_CODE_LETTERS);
  return both;
}

/* In the order of the roles, then in the other one, for two people type in a hurry. That gives away
 * nothing: only who has both halves opens the paper, and could have typed them so. */
static JkSecret *
open_halves (const JkSession *self, const JkSecret *first, const JkSecret *second, GError **error)
{
  g_autoptr (JkSecret) both = join (first, second);
  g_autoptr (JkSecret) swapped = join (second, first);
  g_autoptr (GError) refusal = NULL;
  JkSecret *key = open_start (self, both, &refusal);

  if (g_error_matches (refusal, JK_SESSION_ERROR, JK_SESSION_ERROR_START_CODE))
    return open_start (self, swapped, error);
  if (refusal != NULL)
    g_propagate_error (error, g_steal_pointer (&refusal));
  return key;
}

JkSecret *
jk_session_open_start (const JkSession *self, const char *first, const char *second, GError **error)
{
  g_return_val_if_fail ((second != NULL) == (self->n_start_codes == 2), NULL);

  if (second == NULL) {
    g_autoptr (JkSecret) code = jk_printed_code_parse (first, JK_START_CODE_BITS, error);
    return code != NULL ? open_start (self, code, error) : NULL;
  }
  g_autoptr (JkSecret) first_half = read_half (first, "First (主考)", error);
  if (first_half == NULL)
    return NULL;
  g_autoptr (JkSecret) second_half = read_half (second, "Second (监考)", error);
  if (second_half == NULL)
    return NULL;
  return open_halves (self, first_half, second_half, error);
}

JkSecret *
jk_session_open_start_as_centre (const JkSession *self, const JkSecret *centre, GError **error)
{
  g_autoptr (JkSecret) code = jk_wraps_open_start_code (self->wraps, self->id, centre, error);
  if (code == NULL) {
    g_prefix_error (error, "%s: ", jk_session_get_file (self));
    return NULL;
  }
  return open_start (self, code, error);
}

/* The roll key as it is sealed to the roles and centres of the build, else to added roles. */
JkSecret *
jk_session_open_roll_key (const JkSession *self, const JkSecret *seal_key, GError **error)
{
  guint8 context[JK_HALL_CONTEXT_BYTES_MAX];
  gsize context_size = jk_hall_context_put (context, self->id, self->hall);
  GError *refusal = NULL;
  JkSecret *key = jk_wraps_open_roll_key (self->wraps, self->id, self->hall, seal_key, &refusal);

  for (guint n = 0; key == NULL && n < self->added_roll_keys->len; n++) {
    GBytes *sealed = g_ptr_array_index (self->added_roll_keys, n);
    key = jk_seal_open_secret (seal_key,
                               JK_PURPOSE_ROLL_KEY,
                               context,
                               context_size,
                               g_bytes_get_data (sealed, NULL),
                               g_bytes_get_size (sealed),
                               NULL);
  }
  if (key != NULL)
    g_clear_error (&refusal);
  else
    g_propagate_prefixed_error (error, refusal, "%s: ", jk_session_get_file (self));
  return check_key (self, key, error);
}

JkRoll *
jk_session_open_roll (const JkSession *self, const JkSecret *seal_key, GError **error)
{
  g_autoptr (JkSecret) key = jk_session_open_roll_key (self, seal_key, error);

  return key != NULL ? jk_session_open_roll_with (self, key, error) : NULL;
}

JkRoll *
jk_session_open_roll_with (const JkSession *self, const JkSecret *roll_key, GError **error)
{
  g_autoptr (JkRoll) roll = jk_roll_open (g_bytes_get_data (self->roll, NULL),
                                          g_bytes_get_size (self->roll),
                                          roll_key,
                                          self->id,
                                          jk_session_get_file (self),
                                          error);
  if (roll == NULL)
    return NULL;
  if (jk_roll_get_n (roll) != self->n_records) {
    g_set_error (error,
                 JK_SESSION_ERROR,
                 JK_SESSION_ERROR_CONTENT,
                 "%s: the roll names %u people for %u records; expected as many; ask the authority "
                 "for a new build.",
                 jk_session_get_file (self),
                 jk_roll_get_n (roll),
                 self->n_records);
    return NULL;
  }
  return g_steal_pointer (&roll);
}
