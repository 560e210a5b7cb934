/* SPDX-License-Identifier: Apache-2.0 */
/* desk/folder.h: what became of a file of a folder, a share or a stick. */
#pragma once

#include "desk/desk.h"

typedef enum {
  JK_FOLDER_TAKEN,  /* loaded now; copied now */
  JK_FOLDER_KNOWN,  /* it was here already; it was there already and whole */
  JK_FOLDER_FAULTY, /* see the sentence */
} JkFolderFate;
