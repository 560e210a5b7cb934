/* SPDX-License-Identifier: Apache-2.0 */
/* desk/places.h: where a stick or a share may be now. */
#pragma once

#include <glib.h>

/* Folders of file systems that are mounted for writing below /media, /run/media or /mnt (those
 * themselves too), sorted, each once: strings. From the system's table of mounts alone: no disk is
 * asked, so a stick or a share that hangs keeps nobody waiting, and whether it can be written shows
 * when it is. The caller unrefs. */
GPtrArray *jk_places_find (void);

/* The same from another table, in the form of /proc/self/mounts; one that cannot be read has no
 * places. */
GPtrArray *jk_places_find_in (const char *table);
