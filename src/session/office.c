/* SPDX-License-Identifier: Apache-2.0 */
/* session/office.c: NAME.office.
 *
 * The GVariant is stored straight into guarded memory and read where it lies: all its types have
 * the alignment of a byte, so GLib makes no copy of the secrets. */
#include "session/office.h"

#include "base/limits.h"
#include "bank/bank.h"
#include "session/error.h"
#include "session/printed-code.h"
#include "session/purpose.h"

#define HALL_TYPE "(sayayayayaayyay)"
#define OFFICE_TYPE "(aysayayayaya" HALL_TYPE ")"
#define BITS_PER_LETTER 5

static void
free_hall (gpointer data)
{
  JkOfficeHall *hall = data;

  for (guint n = 0; n < hall->n_passcodes; n++)
    jk_secret_free (hall->passcodes[n]);
  jk_secret_free (hall->room_code);
  jk_secret_free (hall->roll_key);
  jk_secret_free (hall->roster_key);
  jk_secret_free (hall->seed);
  g_free (hall->name);
  g_free (hall);
}

JkOffice *
jk_office_new (const char *name)
{
  JkOffice *self = g_new0 (JkOffice, 1);

  self->name = g_strdup (name);
  self->halls = g_ptr_array_new_with_free_func (free_hall);
  return self;
}

void
jk_office_free (JkOffice *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->halls, g_ptr_array_unref);
  jk_secret_free (self->start_code);
  jk_secret_free (self->bank_key);
  jk_secret_free (self->paper_key);
  jk_secret_free (self->seed);
  g_free (self->name);
  g_free (self);
}

JkOfficeHall *
jk_office_add_hall (JkOffice *self, const char *name)
{
  JkOfficeHall *hall = g_new0 (JkOfficeHall, 1);

  hall->name = g_strdup (name);
  g_ptr_array_add (self->halls, hall);
  return hall;
}

JkOfficeHall *
jk_office_find_hall (const JkOffice *self, const char *name)
{
  for (guint n = 0; n < self->halls->len; n++) {
    JkOfficeHall *hall = g_ptr_array_index (self->halls, n);
    if (g_str_equal (hall->name, name))
      return hall;
  }
  return NULL;
}

/* Bytes that lie where they are until they are stored; floating. */
static GVariant *
lend_bytes (gconstpointer data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  return g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE);
}

static void
add_secret (GVariantBuilder *builder, const JkSecret *secret)
{
  g_variant_builder_add_value (builder,
                               lend_bytes (jk_secret_get (secret), jk_secret_get_size (secret)));
}

static void
add_hall (GVariantBuilder *builder, const JkOfficeHall *hall)
{
  g_variant_builder_open (builder, G_VARIANT_TYPE (HALL_TYPE));
  g_variant_builder_add (builder, "s", hall->name);
  add_secret (builder, hall->seed);
  add_secret (builder, hall->roster_key);
  add_secret (builder, hall->roll_key);
  add_secret (builder, hall->room_code);
  g_variant_builder_open (builder, G_VARIANT_TYPE ("aay"));
  for (guint n = 0; n < hall->n_passcodes; n++)
    add_secret (builder, hall->passcodes[n]);
  g_variant_builder_close (builder);
  g_variant_builder_add (builder, "y", (guchar) hall->n_amendments);
  g_variant_builder_add_value (builder, lend_bytes (hall->amendment.bytes, JK_DIGEST_BYTES));
  g_variant_builder_close (builder);
}

GBytes *
jk_office_lock (const JkOffice *self,
                const JkSecret *passphrase,
                const JkWorld *world,
                GError **error)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (OFFICE_TYPE));
  g_variant_builder_add_value (&builder, lend_bytes (self->id, sizeof self->id));
  g_variant_builder_add (&builder, "s", self->name);
  add_secret (&builder, self->seed);
  add_secret (&builder, self->paper_key);
  add_secret (&builder, self->bank_key);
  add_secret (&builder, self->start_code);
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a" HALL_TYPE));
  for (guint n = 0; n < self->halls->len; n++)
    add_hall (&builder, g_ptr_array_index (self->halls, n));
  g_variant_builder_close (&builder);

  g_autoptr (GVariant) variant = g_variant_ref_sink (g_variant_builder_end (&builder));
  g_autoptr (JkSecret) content = jk_secret_new (g_variant_get_size (variant));
  g_variant_store (variant, jk_secret_get_mutable (content));
  return jk_lockbox_close (passphrase,
                           JK_PURPOSE_OFFICE,
                           content,
                           world->costs->passphrase,
                           world->random,
                           "session: office lock",
                           0,
                           error);
}

/* A byte string of exactly size bytes as a secret. */
static gboolean
read_secret (GVariant *parent, gsize child, gsize size, JkSecret **out_secret)
{
  g_autoptr (GVariant) value = g_variant_get_child_value (parent, child);
  gsize found;
  gconstpointer data = g_variant_get_fixed_array (value, &found, 1);

  if (found != size)
    return FALSE;
  *out_secret = jk_secret_new_copy (data, size);
  return TRUE;
}

static gboolean
read_code (GVariant *parent, gsize child, guint n_bits, JkSecret **out_code)
{
  return read_secret (parent, child, n_bits / BITS_PER_LETTER + 1, out_code);
}

/* One start code, or two halves of the same length. */
static gboolean
read_start_code (GVariant *parent, gsize child, JkSecret **out_code)
{
  return read_secret (parent, child, JK_START_CODE_LETTERS, out_code) ||
         read_secret (parent, child, JK_START_CODES_MAX * JK_START_CODE_LETTERS, out_code);
}

static gboolean
read_passcodes (GVariant *passcodes, JkOfficeHall *hall)
{
  gsize n_passcodes = g_variant_n_children (passcodes);

  if (n_passcodes < JK_ROLES || n_passcodes > JK_ROLES_MAX)
    return FALSE;
  for (gsize n = 0; n < n_passcodes; n++) {
    if (!read_code (passcodes, n, JK_START_CODE_BITS, &hall->passcodes[n]))
      return FALSE;
    hall->n_passcodes++;
  }
  return TRUE;
}

static gboolean
read_amendments (GVariant *value, JkOfficeHall *hall)
{
  g_autoptr (GVariant) number = g_variant_get_child_value (value, 6);
  g_autoptr (GVariant) digest = g_variant_get_child_value (value, 7);

  hall->n_amendments = g_variant_get_byte (number);
  if (hall->n_amendments > JK_AMENDMENTS_MAX || g_variant_get_size (digest) != JK_DIGEST_BYTES)
    return FALSE;
  memcpy (hall->amendment.bytes, g_variant_get_data (digest), JK_DIGEST_BYTES);
  return TRUE;
}

static gboolean
read_hall (GVariant *value, JkOffice *office)
{
  g_autoptr (GVariant) name = g_variant_get_child_value (value, 0);
  g_autoptr (GVariant) passcodes = g_variant_get_child_value (value, 5);
  JkOfficeHall *hall = jk_office_add_hall (office, g_variant_get_string (name, NULL));

  return read_secret (value, 1, JK_KEY_BYTES, &hall->seed) &&
         read_secret (value, 2, JK_KEY_BYTES, &hall->roster_key) &&
         read_secret (value, 3, JK_KEY_BYTES, &hall->roll_key) &&
         read_code (value, 4, JK_ROOM_CODE_BITS, &hall->room_code) &&
         read_passcodes (passcodes, hall) && read_amendments (value, hall);
}

static JkOffice *
parse (const JkSecret *content)
{
  g_autoptr (GVariant) variant =
      g_variant_ref_sink (g_variant_new_from_data (G_VARIANT_TYPE (OFFICE_TYPE),
                                                   jk_secret_get (content),
                                                   jk_secret_get_size (content),
                                                   FALSE,
                                                   NULL,
                                                   NULL));
  if (!g_variant_is_normal_form (variant))
    return NULL;

  g_autoptr (GVariant) id = g_variant_get_child_value (variant, 0);
  g_autoptr (GVariant) name = g_variant_get_child_value (variant, 1);
  g_autoptr (GVariant) halls = g_variant_get_child_value (variant, 6);
  gsize n_halls = g_variant_n_children (halls);
  g_autoptr (JkOffice) self = jk_office_new (g_variant_get_string (name, NULL));

  if (g_variant_get_size (id) != sizeof self->id || n_halls < 1 || n_halls > JK_HALLS_MAX)
    return NULL;
  memcpy (self->id, g_variant_get_data (id), sizeof self->id);
  if (!read_secret (variant, 2, JK_KEY_BYTES, &self->seed) ||
      !read_secret (variant, 3, JK_KEY_BYTES, &self->paper_key) ||
      !read_secret (variant, 4, JK_KEY_BYTES, &self->bank_key) ||
      !read_start_code (variant, 5, &self->start_code))
    return NULL;
  for (gsize n = 0; n < n_halls; n++) {
    g_autoptr (GVariant) hall = g_variant_get_child_value (halls, n);
    if (!read_hall (hall, self))
      return NULL;
  }
  return g_steal_pointer (&self);
}

JkOffice *
jk_office_open (const char *file,
                GBytes *bytes,
                const JkSecret *passphrase,
                JkCost floor,
                GError **error)
{
  g_autoptr (JkSecret) content = jk_lockbox_open (passphrase,
                                                  JK_PURPOSE_OFFICE,
                                                  g_bytes_get_data (bytes, NULL),
                                                  g_bytes_get_size (bytes),
                                                  floor,
                                                  file,
                                                  error);
  if (content == NULL)
    return NULL;

  JkOffice *self = parse (content);
  if (self == NULL)
    g_set_error (error,
                 JK_SESSION_ERROR,
                 JK_SESSION_ERROR_CONTENT,
                 "%s: the file opens, but what is in it is not the codes and keys of a session; "
                 "expected the .office file that “session build” wrote; choose that one.",
                 file);
  return self;
}
