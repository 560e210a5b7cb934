/* SPDX-License-Identifier: Apache-2.0 */
/* support/flips.c: see the header. */
#include "support/flips.h"

#include "base/bytes.h"
#include "base/limits.h"
#include "envelope/error.h"
#include "envelope/head.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define FILE_DESCRIPTOR 1000000

/* A slow build tries a sample; __OPTIMIZE__ is not set at -O0. */
#if defined(__SANITIZE_ADDRESS__) || !defined(__OPTIMIZE__)
#define STEP_BY_DEFAULT 61
#else
#define STEP_BY_DEFAULT 1
#endif

static int
open_file (const JkStorage *storage, const char *path, int flags, mode_t mode)
{
  return FILE_DESCRIPTOR;
}

static ssize_t
read_file (const JkStorage *storage, int fd, void *out, size_t size, off_t offset)
{
  const JkTestOneFile *self = (const JkTestOneFile *) (gconstpointer) storage;
  gsize n;
  const guint8 *data = g_bytes_get_data (self->bytes, &n);
  gsize from = MIN ((gsize) offset, n);
  gsize got = MIN (size, n - from);

  if (got > 0)
    memcpy (out, data + from, got);
  return (ssize_t) got;
}

static int
get_size (const JkStorage *storage, int fd, guint64 *out_size)
{
  const JkTestOneFile *self = (const JkTestOneFile *) (gconstpointer) storage;

  *out_size = g_bytes_get_size (self->bytes);
  return 0;
}

static int
close_file (const JkStorage *storage, int fd)
{
  return 0;
}

void
jk_test_one_file_init (JkTestOneFile *self)
{
  *self = (JkTestOneFile){
    .storage = { .open = open_file, .pread = read_file, .size = get_size, .close = close_file },
  };
}

/* What was tried, and what of it was refused. */
typedef struct {
  guint64 tried, refused;
} Count;

typedef enum {
  HEAD,
  MANIFEST,
  SIGNATURE,
  SECTIONS,
  N_PARTS,
} Part;

static Part
find_part (gsize manifest_end, gsize place)
{
  if (place < JK_ENVELOPE_HEAD_BYTES)
    return HEAD;
  if (place < manifest_end)
    return MANIFEST;
  return place < manifest_end + JK_SIGNATURE_BYTES ? SIGNATURE : SECTIONS;
}

/* What a flipped bit in the byte at place must be refused with; data has the flip in it. -1: the
 * class of a changed part, or what was read is the same. */
static gint
expect (const JkTestFlips *kind, const guint8 *data, gsize size, gsize place)
{
  guint64 manifest = jk_bytes_get_u32 (data + 16);
  guint64 signed_end = JK_ENVELOPE_HEAD_BYTES + jk_head_pad (manifest) + JK_SIGNATURE_BYTES;
  gint changed = kind->is_part_error != NULL ? -1 : JK_ENVELOPE_ERROR_DIGEST;

  if (place < 8)
    return JK_ENVELOPE_ERROR_FOREIGN;
  if (place < 10)
    return JK_ENVELOPE_ERROR_KIND;
  if (place < 16)
    return JK_ENVELOPE_ERROR_VERSION;
  if (place < 20)
    return manifest < JK_PUBLIC_BYTES || manifest > JK_MANIFEST_BYTES_MAX || signed_end > size
               ? JK_ENVELOPE_ERROR_LENGTH
               : JK_ENVELOPE_ERROR_SIGNATURE;
  if (place < 24)
    return jk_bytes_get_u32 (data + 20) > JK_ENVELOPE_SECTIONS_MAX ? JK_ENVELOPE_ERROR_LENGTH
                                                                   : JK_ENVELOPE_ERROR_SIGNATURE;
  if (place < 32)
    return JK_ENVELOPE_ERROR_LENGTH;
  if (place < JK_ENVELOPE_HEAD_BYTES)
    return changed;
  if (place < JK_ENVELOPE_HEAD_BYTES + JK_PUBLIC_BYTES && kind->has_signer)
    return JK_ENVELOPE_ERROR_SIGNER;
  return place < signed_end ? JK_ENVELOPE_ERROR_SIGNATURE : changed;
}

static void
check (const JkTestFlips *kind,
       gsize place,
       gint wanted,
       const JkDigest *honest,
       const JkDigest *found,
       const GError *error,
       Count *count)
{
  gboolean is_right = FALSE;

  if (error == NULL)
    is_right = wanted < 0 && jk_digest_equal (honest, found);
  else if (wanted >= 0)
    is_right = g_error_matches (error, JK_ENVELOPE_ERROR, wanted);
  else
    is_right = g_error_matches (error, JK_ENVELOPE_ERROR, JK_ENVELOPE_ERROR_DIGEST) ||
               kind->is_part_error (error);
  if (!is_right)
    print_error ("%s, byte %" G_GSIZE_FORMAT ": expected class %d, found %d: %s\n",
                 kind->name,
                 place,
                 wanted,
                 error != NULL ? error->code : -1,
                 error != NULL ? error->message : "accepted");
  assert_true (is_right);
  count->tried++;
  count->refused += error != NULL ? 1 : 0;
}

/* Opens bytes; error stays NULL when they are accepted. */
static void
try (const JkTestFlips *kind, gconstpointer data, gsize size, JkDigest *out_read, GError **error)
{
  JkTestOneFile file;
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);

  jk_test_one_file_init (&file);
  file.bytes = bytes;
  gboolean is_opened = kind->open (&file, out_read, error);
  assert_int_equal (is_opened, *error == NULL);
}

static guint
get_step (void)
{
  const char *text = g_getenv ("JIKAO_FLIPS");
  guint64 step = STEP_BY_DEFAULT;

  if (text != NULL)
    assert_true (g_ascii_string_to_unsigned (text, 10, 1, 1000000, &step, NULL));
  return (guint) step;
}

/* A comment of TAP. */
static void
print_counts (const JkTestFlips *kind, guint step, const Count *cuts, const Count bits[N_PARTS])
{
  static const char *const names[N_PARTS] = { "head", "manifest", "signature", "sections" };
  Count all = { 0 };
  g_autoptr (GString) parts = g_string_new (NULL);

  for (Part part = HEAD; part < N_PARTS; part++) {
    all.tried += bits[part].tried;
    all.refused += bits[part].refused;
    g_string_append_printf (parts,
                            "; %s %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT,
                            names[part],
                            bits[part].refused,
                            bits[part].tried);
  }
  print_message ("# %s: bits %" G_GUINT64_FORMAT " truncations %" G_GUINT64_FORMAT
                 " refused %" G_GUINT64_FORMAT " changed nothing %" G_GUINT64_FORMAT
                 ", one in %u tried%s\n",
                 kind->name,
                 all.tried,
                 cuts->tried,
                 all.refused + cuts->refused,
                 all.tried - all.refused,
                 step,
                 parts->str);
}

static void
try_truncations (const JkTestFlips *kind,
                 gconstpointer data,
                 gsize size,
                 guint step,
                 const JkDigest *honest,
                 Count *cuts)
{
  for (gsize cut = g_str_hash (kind->name) % step; cut < size; cut += step) {
    /* Of its own size, so that a sanitizer sees a read beyond it. */
    g_autofree guint8 *shorter = g_memdup2 (data, cut);
    g_autoptr (GError) error = NULL;
    JkDigest found;
    try (kind, shorter, cut, &found, &error);
    check (kind, cut, JK_ENVELOPE_ERROR_LENGTH, honest, &found, error, cuts);
  }
}

static void
try_flips (const JkTestFlips *kind,
           guint8 *data,
           gsize size,
           guint step,
           const JkDigest *honest,
           Count bits[N_PARTS])
{
  gsize manifest_end = JK_ENVELOPE_HEAD_BYTES + (gsize) jk_head_pad (jk_bytes_get_u32 (data + 16));

  for (gsize bit = g_str_hash (kind->name) % step; bit < size * 8; bit += step) {
    gsize place = bit / 8;
    g_autoptr (GError) error = NULL;
    JkDigest found;
    data[place] ^= (guint8) (1 << bit % 8);
    try (kind, data, size, &found, &error);
    check (kind,
           place,
           expect (kind, data, size, place),
           honest,
           &found,
           error,
           &bits[find_part (manifest_end, place)]);
    data[place] ^= (guint8) (1 << bit % 8);
  }
}

void
jk_test_flips_run (const JkTestFlips *kind, GBytes *bytes)
{
  guint step = get_step ();
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  g_autofree guint8 *changed = g_memdup2 (data, size);
  g_autoptr (GError) none = NULL;
  Count cuts = { 0 }, bits[N_PARTS] = { { 0 } };
  JkDigest honest;

  try (kind, data, size, &honest, &none);
  if (none != NULL)
    print_error ("%s: %s\n", kind->name, none->message);
  assert_null (none);
  try_truncations (kind, data, size, step, &honest, &cuts);
  try_flips (kind, changed, size, step, &honest, bits);
  print_counts (kind, step, &cuts, bits);
  if (step > 1)
    return;
  assert_int_equal (cuts.tried, size);
  assert_int_equal (bits[HEAD].tried + bits[MANIFEST].tried + bits[SIGNATURE].tried +
                        bits[SECTIONS].tried,
                    size * 8);
}
