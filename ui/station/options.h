/* SPDX-License-Identifier: Apache-2.0 */
/* station/options.h: what jikao is told when it is started. */
#pragma once

#include "common/locale.h"

typedef struct {
  /* Owned */
  char *store;       /* where stores lie; never NULL */
  char *authorities; /* folder of .jkpub files; never NULL */
  char *incidents;   /* file of the codes that proctors record; NULL: none */
  char *inbox;       /* where files arrive; NULL: nowhere */
  char *hardware;    /* stands in for another PC; NULL: this one */
  char *seat;        /* on the roster; NULL: any */
  char *demo;        /* a file of ticket, ID number and codes to be shown; NULL: none */
  /* Plain */
  JkLanguage language;
  guint speed; /* of exam time; 1: as it is */
  gboolean is_window;
  gboolean wants_screen_reader;
} JkStationOptions;

/* Reads the command line; what is left out is as the system has it. Errors: G_OPTION_ERROR. */
gboolean jk_station_options_parse (JkStationOptions *out, int argc, char **argv, GError **error);
void jk_station_options_clear (JkStationOptions *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JkStationOptions, jk_station_options_clear)
