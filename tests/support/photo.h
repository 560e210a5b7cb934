/* SPDX-License-Identifier: Apache-2.0 */
/* support/photo.h: photos of nobody, of the size a test wants. */
#pragma once

#include <glib.h>

#define JK_TEST_PHOTO_BYTES_MIN 82

/* A PNG of one grey pixel and exactly size bytes, other for every n. Its check sums of chunks are
 * zeros, which a window would not take. */
GBytes *jk_test_photo_new (guint8 n, gsize size);
