/* SPDX-License-Identifier: Apache-2.0 */
/* station/application.h: the program in front of a candidate, as a kiosk runs it. */
#pragma once

#include "station/options.h"

#include <gtk/gtk.h>

#define JK_STATION_ID "cn.jikao.Station"

#define JK_TYPE_STATION_APPLICATION (jk_station_application_get_type ())
G_DECLARE_FINAL_TYPE (JkStationApplication,
                      jk_station_application,
                      JK,
                      STATION_APPLICATION,
                      GtkApplication)

/* Sets what GTK reads from the environment before it starts: the renderer, and whether screen
 * readers get in. To be called first. */
void jk_station_prepare (const JkStationOptions *options);

/* options are borrowed and must outlive it. The exit status is 1 when the desk did not open: the
 * reason is on stderr. */
JkStationApplication *jk_station_application_new (const JkStationOptions *options);
int jk_station_application_get_status (JkStationApplication *self);
