/* SPDX-License-Identifier: Apache-2.0 */
/* common/locale.h: the language of what is shown, changed while the program runs. */
#pragma once

#include <glib.h>

typedef enum {
  JK_LANGUAGE_CHINESE,
  JK_LANGUAGE_ENGLISH,
} JkLanguage;

/* Binds the translations: in JIKAO_LOCALE_DIR where that is set (a build folder), else where they
 * were installed; and begins in this language. To be called before GTK is. */
void jk_locale_init (JkLanguage language);

/* From now on texts are looked up in this language; what is on the screen is to be made again. */
void jk_locale_set_language (JkLanguage language);
JkLanguage jk_locale_get_language (void);
