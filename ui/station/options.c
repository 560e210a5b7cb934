/* SPDX-License-Identifier: Apache-2.0 */
/* station/options.c: what jikao is told when it is started. */
#include "station/options.h"

#define SPEED_MAX 1000

static gboolean
take_language (JkStationOptions *out, const char *name, GError **error)
{
  if (name == NULL || g_str_has_prefix (name, "zh"))
    out->language = JK_LANGUAGE_CHINESE;
  else if (g_str_has_prefix (name, "en"))
    out->language = JK_LANGUAGE_ENGLISH;
  else {
    g_set_error (error,
                 G_OPTION_ERROR,
                 G_OPTION_ERROR_BAD_VALUE,
                 "--language is “%s”; expected zh or en.",
                 name);
    return FALSE;
  }
  return TRUE;
}

static gboolean
take_speed (JkStationOptions *out, int speed, GError **error)
{
  if (speed < 1 || speed > SPEED_MAX) {
    g_set_error (error,
                 G_OPTION_ERROR,
                 G_OPTION_ERROR_BAD_VALUE,
                 "--speed is %d; expected 1 to %d.",
                 speed,
                 SPEED_MAX);
    return FALSE;
  }
  out->speed = (guint) speed;
  return TRUE;
}

gboolean
jk_station_options_parse (JkStationOptions *out, int argc, char **argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *language = NULL;
  gboolean station = FALSE;
  int speed = 1;
  const GOptionEntry entries[] = {
    { "station", 0, 0, G_OPTION_ARG_NONE, &station, "the candidate's face; the usual one", NULL },
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &out->store, "the stores of this PC", "DIR" },
    { "authorities", 0, 0, G_OPTION_ARG_FILENAME, &out->authorities, ".jkpub files", "DIR" },
    { "inbox", 0, 0, G_OPTION_ARG_FILENAME, &out->inbox, "where files arrive", "DIR" },
    { "incidents", 0, 0, G_OPTION_ARG_FILENAME, &out->incidents, "codes to record", "FILE" },
    { "seat", 0, 0, G_OPTION_ARG_STRING, &out->seat, "where this PC stands", "NUMBER" },
    { "hardware", 0, 0, G_OPTION_ARG_STRING, &out->hardware, "stand in for another PC", "TEXT" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &language, "zh or en; zh", "LANGUAGE" },
    { "window", 0, 0, G_OPTION_ARG_NONE, &out->is_window, "not full screen", NULL },
    { "screen-reader",
      0,
      0,
      G_OPTION_ARG_NONE,
      &out->wants_screen_reader,
      "let screen readers in",
      NULL },
    { "demo",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &out->demo,
      "show these codes; rehearsals only",
      "FILE" },
    { "speed", 0, 0, G_OPTION_ARG_INT, &speed, "exam time to real time; rehearsals only", "N" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error) ||
      !take_language (out, language, error) || !take_speed (out, speed, error))
    return FALSE;
  if (out->store == NULL)
    out->store = g_strdup (JIKAO_STATE_DIR);
  if (out->authorities == NULL)
    out->authorities = g_strdup (JIKAO_AUTHORITIES_DIR);
  /* One that was asked for and is not there is told; the usual one may be left out. */
  if (out->incidents == NULL && g_file_test (JIKAO_INCIDENTS_FILE, G_FILE_TEST_EXISTS))
    out->incidents = g_strdup (JIKAO_INCIDENTS_FILE);
  return TRUE;
}

void
jk_station_options_clear (JkStationOptions *self)
{
  g_free (self->store);
  g_free (self->authorities);
  g_free (self->incidents);
  g_free (self->inbox);
  g_free (self->hardware);
  g_free (self->seat);
  g_free (self->demo);
}
