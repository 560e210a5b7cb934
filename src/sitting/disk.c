/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/disk.c: see the header. */
#include "sitting/disk.h"

#include "sitting/error.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>

#define MIB (G_GUINT64_CONSTANT (1024) * 1024)

struct _JkDiskCheck {
  /* Owned */
  GArray *findings; /* of JkDiskFinding */
  /* Plain */
  JkDiskFacts facts;
  gboolean has_facts;
  guint8 token[JK_BOOT_TOKEN_BYTES];
};

/* Why a file system does not keep what it is given; NULL: it does. */
typedef struct {
  guint32 magic;
  const char *name, *reason;
} FileSystem;

#define IN_MEMORY "lies in memory and forgets everything at a restart"
#define LAYERED "is a layer over another one, which live systems throw away at a restart"
#define REMOTE "lies on another computer, and nothing may wait for a network"
#define FOREIGN "cannot promise that what was flushed is on disk"
#define SIMPLE "has no journal of its own: a power cut may damage all files on it"
#define FIXED "cannot be written"

static const FileSystem file_systems[] = {
  { 0x0000ef53, "ext4", NULL },       { 0x58465342, "xfs", NULL },
  { 0x9123683e, "btrfs", NULL },      { 0xf2f52010, "f2fs", NULL },
  { 0x01021994, "tmpfs", IN_MEMORY }, { 0x858458f6, "ramfs", IN_MEMORY },
  { 0x794c7630, "overlay", LAYERED }, { 0x61756673, "aufs", LAYERED },
  { 0x00006969, "NFS", REMOTE },      { 0x0000517b, "SMB", REMOTE },
  { 0xff534d42, "CIFS", REMOTE },     { 0xfe534d42, "SMB", REMOTE },
  { 0x01021997, "9p", REMOTE },       { 0x65735546, "FUSE", FOREIGN },
  { 0x5346544e, "NTFS", FOREIGN },    { 0x7366746e, "NTFS", FOREIGN },
  { 0x0000482b, "HFS+", FOREIGN },    { 0x00004d44, "FAT", SIMPLE },
  { 0x2011bab0, "exFAT", SIMPLE },    { 0x15013346, "UDF", SIMPLE },
  { 0x73717368, "squashfs", FIXED },  { 0xe0f5e1e2, "EROFS", FIXED },
  { 0x28cd3d45, "cramfs", FIXED },    { 0x00009660, "ISO 9660", FIXED },
};

static int
system_look (const JkDiskProbe *self, const char *path, JkDiskFacts *out_facts)
{
  struct statfs info;
  struct stat file;

  if (TEMP_FAILURE_RETRY (statfs (path, &info)) != 0 || stat (path, &file) != 0)
    return -1;
  *out_facts = (JkDiskFacts){
    .magic = (guint32) info.f_type,
    .is_read_only = (info.f_flags & ST_RDONLY) != 0,
    .free_bytes = (guint64) info.f_bavail * (guint64) info.f_bsize,
    .device = file.st_dev,
  };
  return 0;
}

static const JkDiskProbe system_probe = { .look = system_look };

const JkDiskProbe *
jk_disk_probe_system (void)
{
  return &system_probe;
}

G_GNUC_PRINTF (4, 5)
static void
add (JkDiskCheck *self, JkDiskTopic topic, gboolean is_red, const char *format, ...)
{
  JkDiskFinding finding = { .topic = topic, .is_red = is_red };
  va_list arguments;

  va_start (arguments, format);
  finding.sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_array_append_val (self->findings, finding);
}

static void
judge_file_system (JkDiskCheck *self, const char *folder, guint32 magic)
{
  const char *advice = "put the stores on a built-in disk with ext4, xfs, btrfs or f2fs, open this "
                       "seat with a second copy, or have two proctors open it";

  for (gsize i = 0; i < G_N_ELEMENTS (file_systems); i++) {
    const FileSystem *found = &file_systems[i];
    if (found->magic != magic)
      continue;
    if (found->reason == NULL)
      add (self, JK_DISK_FILE_SYSTEM, FALSE, "%s lies on %s.", folder, found->name);
    else
      add (self,
           JK_DISK_FILE_SYSTEM,
           TRUE,
           "%s lies on %s, which %s: %s.",
           folder,
           found->name,
           found->reason,
           advice);
    return;
  }
  add (self,
       JK_DISK_FILE_SYSTEM,
       TRUE,
       "%s lies on a file system that this program does not know (number 0x%08x): %s.",
       folder,
       magic,
       advice);
}

static void
judge_space (JkDiskCheck *self, const char *folder, const JkDiskFacts *facts, guint64 needed_bytes)
{
  gboolean is_red = facts->free_bytes < needed_bytes;

  add (self,
       JK_DISK_SPACE,
       is_red,
       "%s has %" G_GUINT64_FORMAT " MiB free, a sitting needs %" G_GUINT64_FORMAT " MiB%s.",
       folder,
       facts->free_bytes / MIB,
       (needed_bytes + MIB - 1) / MIB,
       is_red ? ": free space on this disk, or use another PC" : "");
}

static void
judge_restart (JkDiskCheck *self, const JkWorld *world, const char *folder)
{
  g_autoptr (GError) error = NULL;
  JkBootMarker found;

  if (!jk_boot_marker_check (world, folder, &found, self->token, &error)) {
    add (self, JK_DISK_RESTART, TRUE, "%s", error->message);
    return;
  }
  switch (found) {
  case JK_BOOT_MARKER_OTHER:
    add (self, JK_DISK_RESTART, FALSE, "%s outlived a restart of this PC.", folder);
    break;
  case JK_BOOT_MARKER_DAMAGED:
    add (self,
         JK_DISK_RESTART,
         TRUE,
         "The proof of a restart in %s was damaged and is begun anew: restart this PC once and "
         "check again; if it is damaged again, use another PC.",
         folder);
    break;
  case JK_BOOT_MARKER_SAME:
  case JK_BOOT_MARKER_MADE:
    add (self,
         JK_DISK_RESTART,
         TRUE,
         "It is not proven yet that %s outlives a restart: restart this PC once and check again; "
         "if this stays, the disk forgets (restore card, diskless room): open this seat with a "
         "second copy, or have two proctors open it.",
         folder);
    break;
  }
}

static void
clear_finding (gpointer data)
{
  JkDiskFinding *finding = data;

  g_free (finding->sentence);
}

JkDiskCheck *
jk_disk_check_new (const JkWorld *world,
                   const JkDiskProbe *probe,
                   const char *folder,
                   guint64 needed_bytes)
{
  JkDiskCheck *self = g_new0 (JkDiskCheck, 1);
  const JkDiskFacts *facts = &self->facts;

  self->findings = g_array_new (FALSE, FALSE, sizeof (JkDiskFinding));
  g_array_set_clear_func (self->findings, clear_finding);
  self->has_facts = probe->look (probe, folder, &self->facts) == 0;
  if (!self->has_facts) {
    add (self,
         JK_DISK_FILE_SYSTEM,
         TRUE,
         "What kind of disk %s lies on cannot be found out (%s): check that the folder is there "
         "and may be read.",
         folder,
         g_strerror (errno));
    return self;
  }
  judge_file_system (self, folder, facts->magic);
  if (facts->is_read_only) {
    add (self,
         JK_DISK_READ_ONLY,
         TRUE,
         "%s lies on a disk that is write-protected: lift the protection, or use another PC.",
         folder);
    return self;
  }
  judge_space (self, folder, facts, needed_bytes);
  judge_restart (self, world, folder);
  return self;
}

void
jk_disk_check_free (JkDiskCheck *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->findings);
  g_free (self);
}

gboolean
jk_disk_refuse_full (const JkDiskProbe *probe, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *room = NULL;
  JkDiskFacts facts;

  if (probe->look (probe, folder, &facts) != 0)
    room = g_strdup ("");
  else if (facts.free_bytes < JK_DISK_NEEDED_BYTES)
    room = g_strdup_printf (" (%" G_GUINT64_FORMAT " MiB free, a sitting needs %" G_GUINT64_FORMAT
                            " MiB)",
                            facts.free_bytes / MIB,
                            JK_DISK_NEEDED_BYTES / MIB);
  else
    room =
        g_strdup_printf (" for this account (%" G_GUINT64_FORMAT " MiB are free: look for a quota)",
                         facts.free_bytes / MIB);
  g_set_error (error,
               JK_SITTING_ERROR,
               JK_SITTING_ERROR_FULL,
               "%s cannot be written, the disk is full%s: call the proctor, who frees space on it; "
               "every answer shown as saved is safe.",
               path,
               room);
  return FALSE;
}

/* What a stick has is good enough beside a disk that is not: each is there for the other. */
static const char *
get_copy_fault (const JkDiskFacts *facts)
{
  if (facts->is_read_only)
    return "is write-protected";
  for (gsize i = 0; i < G_N_ELEMENTS (file_systems); i++) {
    const char *reason = file_systems[i].magic == facts->magic ? file_systems[i].reason : NULL;
    if (reason != NULL && !g_str_equal (reason, FOREIGN) && !g_str_equal (reason, SIMPLE))
      return reason;
  }
  return NULL;
}

char *
jk_disk_dup_objection (const JkDiskProbe *probe, const char *folder, const char *store)
{
  const char *fault = "lies on the same disk as the stores of this PC";
  JkDiskFacts there, here;

  if (probe->look (probe, folder, &there) != 0)
    return g_strdup_printf ("%s cannot be looked at (%s): put the stick in, and name its folder.",
                            folder,
                            g_strerror (errno));
  if (probe->look (probe, store, &here) != 0 || here.device != there.device)
    fault = get_copy_fault (&there);
  if (fault == NULL)
    return NULL;
  return g_strdup_printf ("%s %s: take a folder on a stick, or on another disk of this PC.",
                          folder,
                          fault);
}

gboolean
jk_disk_check_is_red (const JkDiskCheck *self)
{
  for (guint i = 0; i < self->findings->len; i++) {
    if (jk_disk_check_get (self, i)->is_red)
      return TRUE;
  }
  return FALSE;
}

guint
jk_disk_check_get_n (const JkDiskCheck *self)
{
  return self->findings->len;
}

const JkDiskFinding *
jk_disk_check_get (const JkDiskCheck *self, guint n)
{
  g_return_val_if_fail (n < self->findings->len, NULL);
  return &g_array_index (self->findings, JkDiskFinding, n);
}

const JkDiskFacts *
jk_disk_check_get_facts (const JkDiskCheck *self)
{
  return self->has_facts ? &self->facts : NULL;
}

char *
jk_disk_facts_dup_kind (const JkDiskFacts *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (file_systems); i++) {
    if (file_systems[i].magic == self->magic)
      return g_strdup (file_systems[i].name);
  }
  return g_strdup_printf ("0x%08x", self->magic);
}

const guint8 *
jk_disk_check_get_token (const JkDiskCheck *self)
{
  return self->token;
}

gboolean
jk_disk_facts_is_remote (const JkDiskFacts *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (file_systems); i++) {
    if (file_systems[i].magic == self->magic)
      return g_strcmp0 (file_systems[i].reason, REMOTE) == 0;
  }
  return FALSE;
}
