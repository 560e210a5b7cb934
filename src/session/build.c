/* SPDX-License-Identifier: Apache-2.0 */
/* session/build.c: all files of a session, or none.
 *
 * The bank comes first, because its digest stands in the session files; what holds codes and keys
 * comes last, after everything that stations get. */
#include "session/build-private.h"

#include "base/code.h"
#include "base/error.h"
#include "base/text.h"
#include "session/error.h"
#include "session/printed-code.h"
#include "session/purpose.h"

#include <errno.h>
#include <fcntl.h>

#define SPARES_MIN 2
#define SECRET_MODE 0600

/* Places in the list of files. */
enum {
  BANK,
  FIRST_HALL,
};

guint
jk_session_count_spares (guint n)
{
  return MAX ((n + 9) / 10, (guint) SPARES_MIN);
}

static gboolean
refuse (GError **error, const char *fault)
{
  g_set_error (error,
               JK_SESSION_ERROR,
               JK_SESSION_ERROR_BUILD,
               "The session cannot be made: %s.",
               fault);
  return FALSE;
}

static gboolean
check_inputs (const JkSessionInputs *inputs, GError **error)
{
  if (jk_roster_get_n (jk_session_source_get_roster (inputs->source)) == 0)
    return refuse (error, "the roster is empty; expected at least one candidate");
  if (!jk_bank_is_library (inputs->library))
    return refuse (error,
                   "the bank is that of another session; expected the office's own; choose that "
                   "file");
  if (inputs->n_centres < 1 || inputs->n_centres > JK_CENTRES_MAX)
    return refuse (error, "it needs the public keys of 1 to 3 scoring centres; name them");
  for (gsize n = 0; n < inputs->n_centres; n++)
    if (!jk_seal_public_check (&inputs->centres[n]))
      return refuse (error,
                     "a scoring centre's public key is unusable; ask the centre for it again");
  return TRUE;
}

/* Every file's name, in the order they are written: bank, halls, office, envelopes. */
static GPtrArray *
list_names (const JkSessionSource *source)
{
  const char *name = jk_session_source_get_name (source);
  const char *const *halls = jk_roster_get_halls (jk_session_source_get_roster (source));
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (names, g_strdup_printf ("%s.jkbank", name));
  for (guint n = 0; halls[n] != NULL; n++)
    g_ptr_array_add (names, g_strdup_printf ("%s-%s.jksession", name, halls[n]));
  g_ptr_array_add (names, g_strdup_printf ("%s.office", name));
  g_ptr_array_add (names, g_strdup_printf ("%s-envelopes.txt", name));
  return names;
}

GPtrArray *
jk_build_list_paths (const GPtrArray *names, const char *folder)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint n = 0; n < names->len; n++)
    g_ptr_array_add (paths, g_build_filename (folder, g_ptr_array_index (names, n), NULL));
  return paths;
}

/* Whether nothing is there: only a clear "no such file" is a yes. */
static gboolean
check_free (const JkStorage *storage, const char *path, GError **error)
{
  int fd = storage->open (storage, path, O_RDONLY | O_NONBLOCK, 0);

  if (fd >= 0) {
    storage->close (storage, fd);
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_EXISTS,
                 "%s: there is such a file already, and it is not replaced; give the session "
                 "another build number and folder, or move the old files away.",
                 path);
    return FALSE;
  }
  if (errno == ENOENT)
    return TRUE;
  g_set_error (error,
               JK_BASE_ERROR,
               JK_BASE_ERROR_STORAGE,
               "%s: it cannot be told whether there is such a file (%s); check the folder and the "
               "disk.",
               path,
               g_strerror (errno));
  return FALSE;
}

gboolean
jk_build_check_free (const JkStorage *storage, const GPtrArray *paths, GError **error)
{
  for (guint n = 0; n < paths->len; n++)
    if (!check_free (storage, g_ptr_array_index (paths, n), error))
      return FALSE;
  return TRUE;
}

void
jk_build_remove (const JkStorage *storage, const GPtrArray *paths, const char *folder)
{
  for (guint n = 0; n < paths->len; n++)
    storage->unlink (storage, g_ptr_array_index (paths, n));
  jk_storage_sync_folder (storage, folder, NULL);
}

/* The letters of the start code: of one, or of both halves in their order. */
static JkSecret *
make_start_code (guint n_codes, const JkRandom *random)
{
  JkSecret *letters = jk_secret_new ((gsize) n_codes * JK_START_CODE_LETTERS);

  for (guint n = 0; n < n_codes; n++) {
    g_autoptr (JkSecret) code =
        jk_printed_code_new (random, "session: start code letters", n, JK_START_CODE_BITS);
    memcpy (jk_secret_get_mutable (letters) + (gsize) n * JK_START_CODE_LETTERS,
            jk_secret_get (code),
            JK_START_CODE_LETTERS);
  }
  return letters;
}

/* All codes and keys, each from a use of its own. */
static JkOffice *
make_office (const JkSessionSource *source, const JkRandom *random)
{
  const char *const *halls = jk_roster_get_halls (jk_session_source_get_roster (source));
  JkOffice *office = jk_office_new (jk_session_source_get_name (source));

  jk_random_fill (random, "session: id", 0, office->id, sizeof office->id);
  office->seed = jk_secret_new_random (random, "session: seed", 0, JK_KEY_BYTES);
  office->paper_key = jk_secret_new_random (random, "session: paper key", 0, JK_KEY_BYTES);
  office->bank_key = jk_secret_new_random (random, "session: bank key", 0, JK_KEY_BYTES);
  office->start_code = make_start_code (jk_session_source_get_n_start_codes (source), random);
  for (guint n = 0; halls[n] != NULL; n++) {
    JkOfficeHall *hall = jk_office_add_hall (office, halls[n]);
    hall->seed = jk_derive (office->seed, JK_PURPOSE_HALL_SEED, halls[n], strlen (halls[n]));
    hall->roster_key = jk_secret_new_random (random, "session: hall roster key", n, JK_KEY_BYTES);
    hall->roll_key = jk_secret_new_random (random, "session: hall roll key", n, JK_KEY_BYTES);
    hall->room_code =
        jk_printed_code_new (random, "session: room code letters", n, JK_ROOM_CODE_BITS);
    for (guint role = 0; role < JK_ROLES; role++)
      hall->passcodes[role] = jk_printed_code_new (random,
                                                   "session: passcode letters",
                                                   (guint64) n * JK_ROLES + role,
                                                   JK_START_CODE_BITS);
    hall->n_passcodes = JK_ROLES;
  }
  return office;
}

static gboolean
write_office (const JkSessionInputs *inputs,
              const JkOffice *office,
              const JkWorld *world,
              const char *office_path,
              const char *envelopes_path,
              GError **error)
{
  g_autoptr (GBytes) locked = jk_office_lock (office, inputs->passphrase, world, error);
  if (locked == NULL || !jk_storage_write (world->storage, office_path, SECRET_MODE, locked, error))
    return FALSE;

  char *text = jk_office_dup_envelopes (office,
                                        jk_session_source_get_build_number (inputs->source),
                                        jk_session_source_get_starts (inputs->source));
  GBytes *bytes = g_bytes_new_static (text, strlen (text));
  gboolean is_written =
      jk_storage_write (world->storage, envelopes_path, SECRET_MODE, bytes, error);
  g_bytes_unref (bytes);
  jk_text_wipe (text);
  return is_written;
}

static gboolean
write_all (const JkSessionInputs *inputs,
           const JkWorld *world,
           const JkPool *pool,
           const GPtrArray *paths,
           GError **error)
{
  g_autoptr (JkOffice) office = make_office (inputs->source, world->random);
  g_auto (JkStartWrap) start = { NULL };
  JkDigest bank_digest;

  if (!jk_start_wrap_close (office->id,
                            office->start_code,
                            office->paper_key,
                            inputs->centres,
                            inputs->n_centres,
                            world,
                            &start,
                            error) ||
      !jk_bank_reseal (inputs->library,
                       inputs->library_key,
                       office->id,
                       office->paper_key,
                       office->bank_key,
                       world,
                       inputs->authority,
                       g_ptr_array_index (paths, BANK),
                       &bank_digest,
                       error))
    return FALSE;

  JkBuild build = {
    .inputs = inputs,
    .world = world,
    .office = office,
    .pool = pool,
    .start = &start,
    .bank_digest = &bank_digest,
  };
  guint n_halls = office->halls->len;
  for (guint n = 0; n < n_halls; n++)
    if (!jk_build_hall (&build, n, g_ptr_array_index (paths, FIRST_HALL + n), error))
      return FALSE;
  return write_office (inputs,
                       office,
                       world,
                       g_ptr_array_index (paths, FIRST_HALL + n_halls),
                       g_ptr_array_index (paths, FIRST_HALL + n_halls + 1),
                       error);
}

gboolean
jk_session_build (const JkSessionInputs *inputs,
                  const JkWorld *world,
                  char ***out_files,
                  GError **error)
{
  g_return_val_if_fail (inputs != NULL, FALSE);
  g_return_val_if_fail (world != NULL, FALSE);

  if (!check_inputs (inputs, error))
    return FALSE;
  g_autoptr (GPtrArray) names = list_names (inputs->source);
  g_autoptr (GPtrArray) paths = jk_build_list_paths (names, inputs->folder);
  if (!jk_build_check_free (world->storage, paths, error))
    return FALSE;
  g_autoptr (JkPool) pool =
      jk_pool_new (jk_session_source_get_blueprint (inputs->source), inputs->library, error);
  if (pool == NULL)
    return FALSE;

  if (!write_all (inputs, world, pool, paths, error)) {
    jk_build_remove (world->storage, paths, inputs->folder);
    return FALSE;
  }
  if (out_files != NULL) {
    g_ptr_array_add (names, NULL);
    *out_files = (char **) g_ptr_array_steal (names, NULL);
  }
  return TRUE;
}
