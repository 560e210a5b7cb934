/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/boot-marker.h: a file that proves that its folder outlives a restart (FORMATS.md section
 * 7): diskless rooms and restore cards forget. It names the boot in which it was written, so it
 * proves something only in a later one.
 *
 * It proves nothing about a folder that was already in the image a restore card brings back: let
 * the folder be the session's, which no image made before holds. For disk.c only. */
#pragma once

#include "base/world.h"

#define JK_BOOT_TOKEN_BYTES 16

typedef enum {
  JK_BOOT_MARKER_OTHER,   /* of an earlier boot: the folder was kept */
  JK_BOOT_MARKER_SAME,    /* of this boot */
  JK_BOOT_MARKER_MADE,    /* there was none */
  JK_BOOT_MARKER_DAMAGED, /* it was not whole, and was made anew */
} JkBootMarker;

/* Looks for the marker in folder, which is there; where there is none, or a damaged one, leaves one
 * of this boot behind, durable. out_token is what was drawn when it was made: the same on two PCs
 * means that one disk is an image of the other. Errors: JK_BASE_ERROR_STORAGE. */
gboolean jk_boot_marker_check (const JkWorld *world,
                               const char *folder,
                               JkBootMarker *out_found,
                               guint8 out_token[static JK_BOOT_TOKEN_BYTES],
                               GError **error);
