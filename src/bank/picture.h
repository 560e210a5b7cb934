/* SPDX-License-Identifier: Apache-2.0 */
/* bank/picture.h: whether the picture of an item can be shown: PNG or JPEG, whole, of some size.
 *
 * Of a PNG the chunks are walked and the image data inflated, which its own check sum proves; of a
 * JPEG the segments are walked to the image data and its end is looked for. */
#pragma once

#include <glib.h>

#define JK_PICTURE_SIDE_MAX 16384u /* pixels */

/* What is wrong with a picture, as the end of a sentence about it ("is cut short"); NULL when
 * nothing is. */
const char *jk_picture_find_fault (GBytes *bytes);
