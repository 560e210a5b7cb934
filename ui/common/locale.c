/* SPDX-License-Identifier: Apache-2.0 */
/* common/locale.c: the language of what is shown. */
#include "common/locale.h"

#include <libintl.h>
#include <locale.h>

#define DOMAIN "jikao"

static JkLanguage current;

/* gettext follows LANGUAGE in every locale but "C", so Chinese needs no locale to be generated. */
static void
apply (void)
{
  if (setlocale (LC_ALL, "zh_CN.UTF-8") == NULL)
    setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("LANGUAGE", current == JK_LANGUAGE_CHINESE ? "zh_CN" : "en", TRUE);
  /* Also drops what gettext remembers of the language before. */
  textdomain (DOMAIN);
}

void
jk_locale_init (JkLanguage language)
{
  const char *folder = g_getenv ("JIKAO_LOCALE_DIR");

  current = language;
  bindtextdomain (DOMAIN, folder != NULL ? folder : JIKAO_LOCALE_DIR);
  bind_textdomain_codeset (DOMAIN, "UTF-8");
  apply ();
}

void
jk_locale_set_language (JkLanguage language)
{
  current = language;
  apply ();
}

JkLanguage
jk_locale_get_language (void)
{
  return current;
}
