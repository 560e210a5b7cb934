/* SPDX-License-Identifier: Apache-2.0 */
/* session/wraps.c: see the header. Each code gives its key by Argon2id with the session's cost. */
#include "session/wraps.h"

#include "crypto/box.h"
#include "session/purpose.h"

#define WRAPS_TYPE "(ayayayayayayay)"

enum {
  ROOM_SALT,
  ROSTER_BOX,
  ROSTER_SEALED,
  ROLL_SEALED,
  START_SALT,
  PAPER_BOX,
  START_COPY,
  N_PARTS,
};

struct _JkWraps {
  /* Owned */
  GBytes *parts[N_PARTS];
};

/* A key in a box under a code, with a salt of its own from (use, index) and a nonce from + 1. */
static GBytes *
wrap_under_code (const JkSecret *code,
                 const char *code_purpose,
                 const JkSecret *key,
                 const char *key_purpose,
                 const guint8 *context,
                 gsize context_size,
                 const JkWorld *world,
                 const char *use,
                 guint64 index,
                 GBytes **out_salt,
                 GError **error)
{
  guint8 salt[JK_SALT_BYTES];

  jk_random_fill (world->random, use, index, salt, sizeof salt);
  g_autoptr (JkSecret) parent =
      jk_derive_password (code, salt, code_purpose, world->costs->code, error);
  if (parent == NULL)
    return NULL;
  *out_salt = g_bytes_new (salt, sizeof salt);
  return jk_box_wrap (parent,
                      key_purpose,
                      context,
                      context_size,
                      key,
                      world->random,
                      use,
                      index + 1);
}

gboolean
jk_start_wrap_close (const guint8 id[static JK_BANK_ID_BYTES],
                     const JkSecret *start_code,
                     const JkSecret *paper_key,
                     const JkSealPublic *centres,
                     gsize n_centres,
                     const JkWorld *world,
                     JkStartWrap *out_start,
                     GError **error)
{
  GBytes *salt;
  GBytes *box = wrap_under_code (start_code,
                                 JK_PURPOSE_START_CODE,
                                 paper_key,
                                 JK_PURPOSE_PAPER_KEY,
                                 id,
                                 JK_BANK_ID_BYTES,
                                 world,
                                 "session: start code",
                                 0,
                                 &salt,
                                 error);
  if (box == NULL)
    return FALSE;
  out_start->salt = salt;
  out_start->paper_key = box;
  out_start->code_copy = jk_seal (centres,
                                  n_centres,
                                  JK_PURPOSE_START_COPY,
                                  id,
                                  JK_BANK_ID_BYTES,
                                  jk_secret_get (start_code),
                                  jk_secret_get_size (start_code),
                                  world->random,
                                  "session: start code copy",
                                  0);
  return TRUE;
}

void
jk_start_wrap_clear (JkStartWrap *self)
{
  g_clear_pointer (&self->salt, g_bytes_unref);
  g_clear_pointer (&self->paper_key, g_bytes_unref);
  g_clear_pointer (&self->code_copy, g_bytes_unref);
}

static GBytes *
seal_key (const JkSecret *key,
          const char *purpose,
          const JkSealPublic *to,
          gsize n_to,
          const JkHallWrap *hall,
          const JkWorld *world,
          const char *use)
{
  guint8 context[JK_HALL_CONTEXT_BYTES_MAX];
  gsize context_size = jk_hall_context_put (context, hall->id, hall->hall);

  /* Each sealing takes a content key, a seed for each recipient and a nonce. */
  return jk_seal (to,
                  n_to,
                  purpose,
                  context,
                  context_size,
                  jk_secret_get (key),
                  jk_secret_get_size (key),
                  world->random,
                  use,
                  hall->hall_number * (JK_RECIPIENTS_MAX + 2));
}

static GVariant *
variant_new (GBytes *const parts[static N_PARTS])
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (WRAPS_TYPE));
  for (guint n = 0; n < N_PARTS; n++)
    g_variant_builder_add_value (
        &builder,
        g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, parts[n], TRUE));
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

GBytes *
jk_wraps_close (const JkHallWrap *hall,
                const JkStartWrap *start,
                const JkWorld *world,
                GError **error)
{
  guint8 context[JK_HALL_CONTEXT_BYTES_MAX];
  gsize context_size = jk_hall_context_put (context, hall->id, hall->hall);
  g_autoptr (JkWraps) self = g_new0 (JkWraps, 1);
  JkSealPublic all[JK_RECIPIENTS_MAX];

  g_assert (hall->n_roles + hall->n_centres <= JK_RECIPIENTS_MAX);
  memcpy (all, hall->roles, hall->n_roles * sizeof *all);
  memcpy (all + hall->n_roles, hall->centres, hall->n_centres * sizeof *all);
  self->parts[ROSTER_BOX] = wrap_under_code (hall->room_code,
                                             JK_PURPOSE_ROOM_CODE,
                                             hall->roster_key,
                                             JK_PURPOSE_ROSTER_KEY,
                                             context,
                                             context_size,
                                             world,
                                             "session: room code",
                                             2 * hall->hall_number,
                                             &self->parts[ROOM_SALT],
                                             error);
  if (self->parts[ROSTER_BOX] == NULL)
    return NULL;
  self->parts[ROSTER_SEALED] = seal_key (hall->roster_key,
                                         JK_PURPOSE_ROSTER_KEY,
                                         hall->roles,
                                         hall->n_roles,
                                         hall,
                                         world,
                                         "session: roster key");
  self->parts[ROLL_SEALED] = seal_key (hall->roll_key,
                                       JK_PURPOSE_ROLL_KEY,
                                       all,
                                       hall->n_roles + hall->n_centres,
                                       hall,
                                       world,
                                       "session: roll key");
  self->parts[START_SALT] = g_bytes_ref (start->salt);
  self->parts[PAPER_BOX] = g_bytes_ref (start->paper_key);
  self->parts[START_COPY] = g_bytes_ref (start->code_copy);
  g_autoptr (GVariant) variant = variant_new (self->parts);
  return g_variant_get_data_as_bytes (variant);
}

JkWraps *
jk_wraps_parse (GBytes *bytes)
{
  g_autoptr (GVariant) variant =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (WRAPS_TYPE), bytes, FALSE));
  if (!g_variant_is_normal_form (variant))
    return NULL;

  g_autoptr (JkWraps) self = g_new0 (JkWraps, 1);
  for (guint n = 0; n < N_PARTS; n++) {
    g_autoptr (GVariant) part = g_variant_get_child_value (variant, n);
    self->parts[n] = g_variant_get_data_as_bytes (part);
  }
  if (g_bytes_get_size (self->parts[ROOM_SALT]) != JK_SALT_BYTES ||
      g_bytes_get_size (self->parts[START_SALT]) != JK_SALT_BYTES)
    return NULL;
  return g_steal_pointer (&self);
}

void
jk_wraps_free (JkWraps *self)
{
  if (self == NULL)
    return;
  for (guint n = 0; n < N_PARTS; n++)
    g_clear_pointer (&self->parts[n], g_bytes_unref);
  g_free (self);
}

static JkSecret *
unwrap_under_code (GBytes *salt,
                   GBytes *box,
                   const JkSecret *code,
                   const char *code_purpose,
                   const char *key_purpose,
                   const guint8 *context,
                   gsize context_size,
                   JkCost cost,
                   GError **error)
{
  g_autoptr (JkSecret) parent =
      jk_derive_password (code, g_bytes_get_data (salt, NULL), code_purpose, cost, error);

  if (parent == NULL)
    return NULL;
  return jk_box_unwrap (parent,
                        key_purpose,
                        context,
                        context_size,
                        g_bytes_get_data (box, NULL),
                        g_bytes_get_size (box),
                        error);
}

JkSecret *
jk_wraps_open_roster_key (const JkWraps *self,
                          const guint8 id[static JK_BANK_ID_BYTES],
                          const char *hall,
                          const JkSecret *room_code,
                          JkCost cost,
                          GError **error)
{
  guint8 context[JK_HALL_CONTEXT_BYTES_MAX];
  gsize context_size = jk_hall_context_put (context, id, hall);

  return unwrap_under_code (self->parts[ROOM_SALT],
                            self->parts[ROSTER_BOX],
                            room_code,
                            JK_PURPOSE_ROOM_CODE,
                            JK_PURPOSE_ROSTER_KEY,
                            context,
                            context_size,
                            cost,
                            error);
}

JkSecret *
jk_wraps_open_roll_key (const JkWraps *self,
                        const guint8 id[static JK_BANK_ID_BYTES],
                        const char *hall,
                        const JkSecret *seal_key,
                        GError **error)
{
  guint8 context[JK_HALL_CONTEXT_BYTES_MAX];
  gsize context_size = jk_hall_context_put (context, id, hall);

  return jk_seal_open_secret (seal_key,
                              JK_PURPOSE_ROLL_KEY,
                              context,
                              context_size,
                              g_bytes_get_data (self->parts[ROLL_SEALED], NULL),
                              g_bytes_get_size (self->parts[ROLL_SEALED]),
                              error);
}

JkSecret *
jk_wraps_open_paper_key (const JkWraps *self,
                         const guint8 id[static JK_BANK_ID_BYTES],
                         const JkSecret *start_code,
                         JkCost cost,
                         GError **error)
{
  return unwrap_under_code (self->parts[START_SALT],
                            self->parts[PAPER_BOX],
                            start_code,
                            JK_PURPOSE_START_CODE,
                            JK_PURPOSE_PAPER_KEY,
                            id,
                            JK_BANK_ID_BYTES,
                            cost,
                            error);
}

JkSecret *
jk_wraps_open_start_code (const JkWraps *self,
                          const guint8 id[static JK_BANK_ID_BYTES],
                          const JkSecret *centre,
                          GError **error)
{
  return jk_seal_open_secret (centre,
                              JK_PURPOSE_START_COPY,
                              id,
                              JK_BANK_ID_BYTES,
                              g_bytes_get_data (self->parts[START_COPY], NULL),
                              g_bytes_get_size (self->parts[START_COPY]),
                              error);
}
