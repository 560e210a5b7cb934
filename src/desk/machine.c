/* SPDX-License-Identifier: Apache-2.0 */
/* desk/machine.c: see the header. Nothing is written, and no file but those named here is read. */
#include "desk/machine.h"
#include "base/number.h"

#include <stdio.h>
#include <string.h>

#define KIB G_GUINT64_CONSTANT (1024)
#define S_PER_MIN 60
#define SUPPLIES "/sys/class/power_supply"

static char *
read_text (const char *root, const char *path)
{
  g_autofree char *full = g_strconcat (root, path, NULL);
  char *text = NULL;

  return g_file_get_contents (full, &text, NULL, NULL) ? text : NULL;
}

/* The number behind "MemAvailable:", in KiB there. */
static guint64
read_memory (const char *root)
{
  static const char key[] = "\nMemAvailable:";
  g_autofree char *text = read_text (root, "/proc/meminfo");
  const char *line = text != NULL ? strstr (text, key) : NULL;

  return line != NULL ? g_ascii_strtoull (line + strlen (key), NULL, 10) * KIB : 0;
}

/* Lines of name, type and KiB after a heading. */
static guint64
read_swap (const char *root)
{
  g_autofree char *text = read_text (root, "/proc/swaps");
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  guint64 total = 0;

  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++) {
    char name[256], type[32];
    guint64 kib;
    if (sscanf (lines[i], "%255s %31s %" G_GINT64_MODIFIER "u", name, type, &kib) == 3 &&
        strstr (name, "/zram") == NULL)
      total += kib * KIB;
  }
  return total;
}

static gint
read_zone_min (const char *root, gint64 wall_ms)
{
  g_autofree char *file = g_strconcat (root, "/etc/localtime", NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (file);

  if (zone == NULL)
    return 0;
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, wall_ms / 1000);
  return interval >= 0 ? g_time_zone_get_offset (zone, interval) / S_PER_MIN : 0;
}

/* What one supply says, without the line's end; "" when it says nothing. */
static char *
read_word (const char *root, const char *supply, const char *name)
{
  g_autofree char *path = g_build_filename (SUPPLIES, supply, name, NULL);
  char *text = read_text (root, path);

  return text != NULL ? g_strstrip (text) : g_strdup ("");
}

static gboolean
has_word (const char *root, const char *supply, const char *name, const char *word)
{
  g_autofree char *found = read_word (root, supply, name);
  return g_str_equal (found, word);
}

/* Not that of a mouse, and not an empty bay. */
static gboolean
is_battery (const char *root, const char *supply)
{
  return has_word (root, supply, "type", "Battery") &&
         !has_word (root, supply, "scope", "Device") && !has_word (root, supply, "present", "0");
}

typedef struct {
  guint n_batteries, n_mains, n_live_mains, n_emptied, n_known, percents;
} Supplies;

static void
count_supply (Supplies *self, const char *root, const char *supply)
{
  gint64 percent;

  if (has_word (root, supply, "type", "Mains")) {
    self->n_mains++;
    self->n_live_mains += has_word (root, supply, "online", "1") ? 1 : 0;
  }
  if (!is_battery (root, supply))
    return;
  g_autofree char *capacity = read_word (root, supply, "capacity");
  self->n_batteries++;
  self->n_emptied += has_word (root, supply, "status", "Discharging") ? 1 : 0;
  if (jk_number_parse (capacity, 0, 100, &percent)) {
    self->n_known++;
    self->percents += (guint) percent;
  }
}

static void
read_battery (JkMachine *out, const char *root)
{
  g_autofree char *path = g_strconcat (root, SUPPLIES, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  Supplies supplies = { 0 };
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    count_supply (&supplies, root, name);
  /* Some batteries do not know what they do. */
  gboolean is_unplugged = supplies.n_mains > 0 && supplies.n_live_mains == 0;
  out->is_on_battery = supplies.n_batteries > 0 && (supplies.n_emptied > 0 || is_unplugged);
  out->battery_percent = supplies.n_known > 0 ? (gint) (supplies.percents / supplies.n_known) : -1;
}

void
jk_machine_read (JkMachine *out, const char *root, gint64 wall_ms)
{
  g_return_if_fail (out != NULL && root != NULL);

  *out = (JkMachine){
    .memory_bytes = read_memory (root),
    .swap_bytes = read_swap (root),
    .zone_min = read_zone_min (root, wall_ms),
  };
  read_battery (out, root);
}
