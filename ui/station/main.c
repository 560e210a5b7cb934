/* SPDX-License-Identifier: Apache-2.0 */
/* station/main.c: jikao. */
#include "crypto/guard.h"
#include "station/application.h"

#include <stdio.h>

int
main (int argc, char **argv)
{
  g_auto (JkStationOptions) options = { 0 };
  g_autoptr (GError) error = NULL;

  if (!jk_guard_init (&error)) {
    fprintf (stderr, "jikao: %s\n", error->message);
    return 1;
  }
  if (!jk_station_options_parse (&options, argc, argv, &error)) {
    fprintf (stderr, "jikao: %s\n", error->message);
    return 2;
  }
  jk_station_prepare (&options);
  jk_locale_init (options.language);
  g_autoptr (JkStationApplication) application = jk_station_application_new (&options);
  int code = g_application_run (G_APPLICATION (application), 1, argv);
  return code != 0 ? code : jk_station_application_get_status (application);
}
