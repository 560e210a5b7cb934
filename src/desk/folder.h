/* SPDX-License-Identifier: Apache-2.0 */
/* desk/folder.h: a desk loads from a folder, a share or a stick, and copies results to it.
 *
 * F1  Files are copied to the disk of this PC, and results to the stick, on a thread that has
 *     nothing of the desk: the exam goes on beside it, also beside a stick that hangs (P2). What is
 *     then done to the seat is done quietly, as mail is.
 * F2  Each file has its line: one that is faulty stops none of the others. A file is taken wholly
 *     or not at all; what failed is done by loading or copying once more (see desk/intake.h and
 *     desk/parcel.h, there also for FAT).
 * F3  A result that has a line without a sentence was read back from the medium, and stands as
 *     copied in the log of the station. */
#pragma once

#include "desk/desk.h"
#include "desk/progress.h"

typedef enum {
  JK_FOLDER_TAKEN,  /* loaded now; copied now */
  JK_FOLDER_KNOWN,  /* it was here already; it was there already and whole */
  JK_FOLDER_FAULTY, /* see the sentence */
  /* Of a load alone */
  JK_FOLDER_OBEYED,    /* an order that was carried out before */
  JK_FOLDER_ELSEWHERE, /* an order for another PC, or for somebody who does not sit at this one */
  JK_FOLDER_EARLY,   /* an order to copy: carried out when log-in is open and it is loaded again */
  JK_FOLDER_CAPSULE, /* of somebody who moves: left there for jk_panel_move_in_async */
} JkFolderFate;

typedef struct {
  /* Owned */
  char *name;     /* of the file, without the folder */
  char *sentence; /* what is wrong and what to do; NULL unless FAULTY */
  /* Plain */
  JkFolderFate fate;
} JkFolderLine;

/* Loads every session, bank, amendment and order of folder, and names what people who move have
 * left there. progress (may be NULL) is called on the
 * desk's thread with the bytes copied so far, until callback is; it lives as long. Cancelled, it
 * ends at once, and what was not taken yet is not. Errors: MISSING and STORAGE of JK_BASE_ERROR
 * (the folder cannot be read), EMPTY of JK_DESK_ERROR (nothing in it is for this program), CLOSED
 * (the desk was closed meanwhile), G_IO_ERROR_CANCELLED. */
void jk_desk_load_async (JkDesk *self,
                         const char *folder,
                         JkFolderProgress progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

/* Copies each sealed result of the session that is shown to folder, which must be there. The rest
 * as above; cancelled, what was copied already stays, and is found by the next copy. Errors: EMPTY
 * (nobody has handed in here, or no session is shown), CLOSED, G_IO_ERROR_CANCELLED. */
void jk_desk_copy_async (JkDesk *self,
                         const char *folder,
                         JkFolderProgress progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

/* Ends either: an array of JkFolderLine, one for each file, also when some are faulty. The caller
 * unrefs. */
GPtrArray *jk_desk_folder_finish (JkDesk *self, GAsyncResult *result, GError **error);
