/* SPDX-License-Identifier: Apache-2.0 */
/* session/body.c: see the header. The envelope has checked form and signature; here the values. */
#include "session/body.h"

/* Of the fields of JK_SESSION_BODY. */
enum {
  ID,
  NAME,
  HALL,
  STARTS,
  BUILD,
  REHEARSAL,
  BANK,
  CODE_COST,
  LOGIN_COST,
  ID_RULE,
  CENTRES,
  ROLES,
  RECORDS,
  RECORD_SIZE,
  START_CODES,
};

gboolean
jk_body_read_bytes (GVariant *parent, gsize child, gpointer out, gsize size)
{
  g_autoptr (GVariant) value = g_variant_get_child_value (parent, child);
  gsize found;
  gconstpointer data = g_variant_get_fixed_array (value, &found, 1);

  if (found != size)
    return FALSE;
  memcpy (out, data, size);
  return TRUE;
}

/* A text of 1 to JK_ID_BYTES_MAX bytes; NULL when it is longer or empty. */
static char *
dup_text (GVariant *body, gsize child)
{
  g_autoptr (GVariant) value = g_variant_get_child_value (body, child);
  gsize length;
  const char *text = g_variant_get_string (value, &length);

  return length >= 1 && length <= JK_ID_BYTES_MAX ? g_strdup (text) : NULL;
}

guint32
jk_body_get_u32 (GVariant *body, gsize child)
{
  g_autoptr (GVariant) value = g_variant_get_child_value (body, child);
  return g_variant_get_uint32 (value);
}

static JkCost
get_cost (GVariant *body, gsize child)
{
  g_autoptr (GVariant) value = g_variant_get_child_value (body, child);
  return (JkCost){ jk_body_get_u32 (value, 0), jk_body_get_u32 (value, 1) };
}

static gboolean
read_centres (GVariant *body, JkSession *session)
{
  g_autoptr (GVariant) centres = g_variant_get_child_value (body, CENTRES);
  gsize n = g_variant_n_children (centres);

  if (n < 1 || n > JK_CENTRES_MAX)
    return FALSE;
  session->centres = g_new0 (JkSealPublic, n);
  session->n_centres = (guint) n;
  for (gsize i = 0; i < n; i++)
    if (!jk_body_read_bytes (centres, i, session->centres[i].bytes, JK_PUBLIC_BYTES) ||
        !jk_seal_public_check (&session->centres[i]))
      return FALSE;
  return TRUE;
}

static gboolean
read_role (GVariant *value, JkRole *role)
{
  g_autoptr (GVariant) name = g_variant_get_child_value (value, 0);
  g_autoptr (GVariant) locked = g_variant_get_child_value (value, 3);

  role->name = (JkRoleName) g_variant_get_byte (name);
  role->locked = g_variant_get_data_as_bytes (locked);
  return jk_body_read_bytes (value, 1, role->sign_public, JK_PUBLIC_BYTES) &&
         jk_body_read_bytes (value, 2, role->seal_public.bytes, JK_PUBLIC_BYTES) &&
         jk_seal_public_check (&role->seal_public);
}

/* Roles stand in the order of their names, so that none stands twice. */
gboolean
jk_body_read_roles (GVariant *roles, guint name_max, JkRole **out_roles, guint *out_n)
{
  gsize n = g_variant_n_children (roles);
  guint previous = 0;

  if (n > JK_ROLES_MAX)
    return FALSE;
  *out_roles = g_new0 (JkRole, n);
  *out_n = (guint) n;
  for (gsize i = 0; i < n; i++) {
    g_autoptr (GVariant) value = g_variant_get_child_value (roles, i);
    JkRole *role = &(*out_roles)[i];
    if (!read_role (value, role) || role->name <= previous || role->name > name_max)
      return FALSE;
    previous = role->name;
  }
  return TRUE;
}

static gboolean
read_roles (GVariant *body, JkSession *session)
{
  g_autoptr (GVariant) roles = g_variant_get_child_value (body, ROLES);

  return jk_body_read_roles (roles, JK_ROLE_SPARE_2, &session->roles, &session->n_roles) &&
         session->n_roles >= 1;
}

const char *
jk_body_read (GVariant *body, JkSession *session)
{
  g_autoptr (GVariant) rehearsal = g_variant_get_child_value (body, REHEARSAL);

  if (!jk_body_read_bytes (body, ID, session->id, JK_BANK_ID_BYTES) ||
      !jk_body_read_bytes (body, BANK, session->bank_digest.bytes, JK_DIGEST_BYTES))
    return "its id or bank digest has a wrong length; expected 16 and 32 bytes";
  session->name = dup_text (body, NAME);
  session->hall = dup_text (body, HALL);
  session->starts = dup_text (body, STARTS);
  if (session->name == NULL || session->hall == NULL || session->starts == NULL)
    return "its name, hall or start is empty or too long; expected 1 to 64 bytes each";
  session->build_number = jk_body_get_u32 (body, BUILD);
  session->rehearsal = g_variant_get_boolean (rehearsal);
  session->costs.code = get_cost (body, CODE_COST);
  session->costs.login = get_cost (body, LOGIN_COST);
  if (jk_body_get_u32 (body, ID_RULE) != JK_ID_RULE)
    return "its rule for ID numbers is not known; expected rule 1";
  if (!read_centres (body, session))
    return "its scoring centres are none, too many or have unusable keys; expected 1 to 3";
  if (!read_roles (body, session))
    return "its roles are none, unknown, out of order or have unusable keys; expected 1 to 4";
  session->n_records = jk_body_get_u32 (body, RECORDS);
  session->record_size = jk_body_get_u32 (body, RECORD_SIZE);
  if (session->n_records < 1 || session->n_records > JK_RECORDS_MAX)
    return "its count of records is impossible; expected 1 to 25000";
  if (session->record_size > JK_RECORD_BYTES_MAX)
    return "its records are too large; expected at most 131072 bytes";
  session->n_start_codes = jk_body_get_u32 (body, START_CODES);
  if (session->n_start_codes < 1 || session->n_start_codes > JK_START_CODES_MAX)
    return "its start code has no such number of parts; expected 1, or 2 halves";
  return NULL;
}

GVariant *
jk_body_new_bytes (gconstpointer data, gsize size)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data, size, 1);
}

GVariant *
jk_body_new_roles (const JkRole *roles, guint n)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(yayayay)"));
  for (guint i = 0; i < n; i++)
    g_variant_builder_add (
        &builder,
        "(y@ay@ay@ay)",
        (guchar) roles[i].name,
        jk_body_new_bytes (roles[i].sign_public, JK_PUBLIC_BYTES),
        jk_body_new_bytes (roles[i].seal_public.bytes, JK_PUBLIC_BYTES),
        g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, roles[i].locked, TRUE));
  return g_variant_builder_end (&builder);
}
