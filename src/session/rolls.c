/* SPDX-License-Identifier: Apache-2.0 */
/* session/rolls.c: each roll opened once, however many amendments leave it as it is. */
#include "session/rolls.h"

#include "session/session-private.h"

struct _JkRolls {
  /* Owned */
  GPtrArray *rolls;
  /* Plain */
  guint of_amendment[JK_AMENDMENTS_MAX + 1];
  guint last; /* amendment in force */
};

static void
free_roll (gpointer data)
{
  jk_roll_free (data);
}

static JkRoll *
open_one (const JkSession *session, guint amendment, const JkSecret *key, GError **error)
{
  GBytes *closed = g_ptr_array_index (session->rolls, amendment);

  if (closed == session->roll)
    return jk_session_open_roll_with (session, key, error);
  return jk_roll_open (g_bytes_get_data (closed, NULL),
                       g_bytes_get_size (closed),
                       key,
                       session->id,
                       jk_session_get_file (session),
                       error);
}

JkRolls *
jk_rolls_open (const JkSession *session, const JkSecret *seal_key, GError **error)
{
  g_return_val_if_fail (session != NULL, NULL);
  g_return_val_if_fail (seal_key != NULL, NULL);

  g_autoptr (JkRolls) self = g_new0 (JkRolls, 1);
  g_autoptr (JkSecret) key = jk_session_open_roll_key (session, seal_key, error);

  self->rolls = g_ptr_array_new_with_free_func (free_roll);
  self->last = session->amendment_number;
  for (guint n = 0; key != NULL && n <= self->last; n++) {
    if (n == 0 || session->rolls->pdata[n] != session->rolls->pdata[n - 1]) {
      JkRoll *roll = open_one (session, n, key, error);
      if (roll == NULL)
        return NULL;
      g_ptr_array_add (self->rolls, roll);
    }
    self->of_amendment[n] = self->rolls->len - 1;
  }
  return key != NULL ? g_steal_pointer (&self) : NULL;
}

void
jk_rolls_free (JkRolls *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->rolls, g_ptr_array_unref);
  g_free (self);
}

guint
jk_rolls_get_n (const JkRolls *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->rolls->len;
}

const JkRoll *
jk_rolls_get (const JkRolls *self, guint n)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n < self->rolls->len, NULL);
  return g_ptr_array_index (self->rolls, n);
}

guint
jk_rolls_find (const JkRolls *self, guint amendment)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (amendment <= self->last, 0);
  return self->of_amendment[amendment];
}
