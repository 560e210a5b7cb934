/* SPDX-License-Identifier: Apache-2.0 */
/* session/photo-folder.h: the photos of the candidates as the office has them: one folder, files
 * named by admission number.
 *
 *     ADMISSION.jpg, .jpeg or .png, 1 byte to JK_PHOTO_BYTES_MAX; the number as on the roster, in
 *     its canonical form; what the bytes are decides, not the ending
 *
 * Such names never leave the office: the session file has no names. */
#pragma once

#include "base/report.h"
#include "base/storage.h"
#include "plan/roster.h"

typedef struct _JkPhotoFolder JkPhotoFolder;

/* Reads and checks every file but hidden ones. Who has no photo is a notice at the row of
 * roster_file; a file of nobody, a second one of somebody, one too large, of another format or cut
 * short is a fault. roster NULL (it has faults of its own): the files alone are checked. NULL when
 * report got a fault. */
JkPhotoFolder *jk_photo_folder_load (const JkStorage *storage,
                                     const char *path,
                                     const JkRoster *roster,
                                     const char *roster_file,
                                     JkReport *report);
void jk_photo_folder_free (JkPhotoFolder *self);
guint jk_photo_folder_get_n (const JkPhotoFolder *self);

/* The photo of who has this canonical admission number; NULL: none. Lent. */
GBytes *jk_photo_folder_get (const JkPhotoFolder *self, const char *admission);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkPhotoFolder, jk_photo_folder_free)
