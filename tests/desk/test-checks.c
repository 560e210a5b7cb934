/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/checks.c: the list as a whole, and what does not depend on a session. */
#include "check-lights.h"

#include "envelope/envelope.h"

static void
a_good_pc_is_green_all_over (void **state)
{
  Scene self;

  come (&self, state);
  look (&self);
  assert_int_equal (self.list->len, JK_N_CHECKS);
  for (guint n = 0; n < JK_N_CHECKS; n++) {
    const JkCheck *check = g_ptr_array_index (self.list, n);
    assert_int_equal (check->kind, n);
    if (check->light != JK_LIGHT_GREEN)
      fail_msg ("%s", check->sentence);
    assert_null (check->sentence);
    assert_non_null (check->found);
  }
  go (&self);
}

static void
without_a_window_nothing_is_said_of_one (void **state)
{
  Looked how = { NULL };
  Scene self;

  come (&self, state);
  jk_desk_check_async (self.desk->desk, NULL, looked, &how);
  while (!how.is_done)
    g_main_context_iteration (NULL, TRUE);
  assert_ok (how.error);
  self.list = how.list;
  assert_int_equal (self.list->len, JK_N_CHECKS - 2);
  assert_null (find_light (&self, JK_CHECK_DISPLAY));
  assert_null (find_light (&self, JK_CHECK_FONTS));
  go (&self);
}

static void
one_look_at_a_time (void **state)
{
  Looked first = { NULL }, second = { NULL };
  Scene self;

  come (&self, state);
  jk_desk_check_async (self.desk->desk, NULL, looked, &first);
  assert_true (jk_desk_is_busy (self.desk->desk));
  jk_desk_check_async (self.desk->desk, NULL, looked, &second);
  while (!first.is_done || !second.is_done)
    g_main_context_iteration (NULL, TRUE);
  assert_ok (first.error);
  assert_error (second.error, JK_DESK_ERROR, JK_DESK_ERROR_BUSY);
  assert_null (second.list);
  self.list = first.list;
  go (&self);
}

static void
too_little_memory_is_amber_then_red (void **state)
{
  Scene self;

  come (&self, state);
  check_green (&self, JK_CHECK_MEMORY, "2048 MiB");
  put_text (&self, "proc/meminfo", "\nMemAvailable: 524288 kB\n");
  check_green (&self, JK_CHECK_MEMORY, "512 MiB");
  put_text (&self, "proc/meminfo", "\nMemAvailable: 524287 kB\n");
  check_light (&self, JK_CHECK_MEMORY, JK_LIGHT_AMBER, "511 MiB", "511 MiB of memory free");
  put_text (&self, "proc/meminfo", "\nMemAvailable: 262143 kB\n");
  check_light (&self, JK_CHECK_MEMORY, JK_LIGHT_RED, "255 MiB", "end other programs");
  put_text (&self, "proc/meminfo", "");
  check_light (&self, JK_CHECK_MEMORY, JK_LIGHT_AMBER, "0 MiB", "does not say");
  go (&self);
}

static void
swap_is_amber (void **state)
{
  Scene self;

  come (&self, state);
  check_green (&self, JK_CHECK_SWAP, "0 MiB");
  put_text (&self, "proc/swaps", "Filename Type Size Used Priority\n/swap file 2097152 0 -2\n");
  check_light (&self, JK_CHECK_SWAP, JK_LIGHT_AMBER, "2048 MiB", "swapoff -a");
  go (&self);
}

static void
put_battery (Scene *self, const char *status, const char *capacity)
{
  put_text (self, "sys/class/power_supply/BAT0/type", "Battery\n");
  put_text (self, "sys/class/power_supply/BAT0/status", status);
  put_text (self, "sys/class/power_supply/BAT0/capacity", capacity);
}

static void
a_battery_is_amber_and_a_low_one_red (void **state)
{
  Scene self;

  come (&self, state);
  check_green (&self, JK_CHECK_BATTERY, "–");
  put_battery (&self, "Charging\n", "30\n");
  check_green (&self, JK_CHECK_BATTERY, "30 %");
  put_battery (&self, "Charging\n", "29\n");
  check_light (&self, JK_CHECK_BATTERY, JK_LIGHT_AMBER, "29 %", "pulls the cable");
  put_battery (&self, "Discharging\n", "30\n");
  check_light (&self, JK_CHECK_BATTERY, JK_LIGHT_AMBER, "30 %", "plug it in");
  put_battery (&self, "Discharging\n", "29\n");
  check_light (&self, JK_CHECK_BATTERY, JK_LIGHT_RED, "29 %", "battery (29 %)");
  put_battery (&self, "Discharging\n", "");
  check_light (&self, JK_CHECK_BATTERY, JK_LIGHT_AMBER, "–", "plug it in");
  go (&self);
}

static void
a_small_screen_is_amber_and_a_tiny_one_red (void **state)
{
  Scene self;

  come (&self, state);
  check_green (&self, JK_CHECK_DISPLAY, "1280×800");
  self.screen = (JkScreenFacts){ .width = 1280, .height = 720, .scale = 2 };
  check_green (&self, JK_CHECK_DISPLAY, "1280×720 ×2");
  self.screen = (JkScreenFacts){ .width = 1024, .height = 768, .scale = 1 };
  check_light (&self, JK_CHECK_DISPLAY, JK_LIGHT_AMBER, "1024×768", "1280×720 are expected");
  self.screen.width = 1023;
  check_light (&self, JK_CHECK_DISPLAY, JK_LIGHT_RED, "1023×768", "use another PC");
  self.screen = (JkScreenFacts){ .width = 1280, .height = 719, .scale = 1 };
  check_light (&self, JK_CHECK_DISPLAY, JK_LIGHT_RED, "1280×719", "1280×719 points");
  go (&self);
}

static void
no_chinese_font_is_red (void **state)
{
  Scene self;

  come (&self, state);
  self.screen.has_chinese_font = FALSE;
  check_light (&self, JK_CHECK_FONTS, JK_LIGHT_RED, "", "fonts-noto-cjk");
  go (&self);
}

/* The head of a file with these two bytes as the version. */
static void
put_head (Scene *self, const char *name, guint8 version)
{
  g_autofree char *path = g_build_filename (self->desk->place.inbox, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize size;

  g_file_get_contents (jk_test_exam_get_session_path (self->desk->exam, 1), &data, &size, &error);
  assert_ok (error);
  data[12] = (char) version;
  data[13] = 0;
  g_file_set_contents (path, data, (gssize) size, &error);
  assert_ok (error);
}

static void
a_file_for_another_version_is_red (void **state)
{
  Scene self;

  come (&self, state);
  look (&self);
  const JkCheck *check = find_light (&self, JK_CHECK_VERSION);
  assert_true (g_ascii_isdigit (check->found[0]));
  /* Whatever else lies there is not asked. */
  put_head (&self, "other.txt", 2);
  g_free (jk_test_folder_put_text (self.desk->folder, "inbox/short.jkbank", "JIKAO"));
  g_free (jk_test_folder_put_text (self.desk->folder, "inbox/junk.jkamend", "junk"));
  check_green (&self, JK_CHECK_VERSION, NULL);
  put_head (&self, "other.jksession", 1);
  check_green (&self, JK_CHECK_VERSION, NULL);
  put_head (&self, "other.jksession", 2);
  check_light (&self, JK_CHECK_VERSION, JK_LIGHT_RED, NULL, "other.jksession");
  assert_non_null (strstr (find_light (&self, JK_CHECK_VERSION)->sentence, "version"));
  go (&self);
}

static void
a_pc_without_an_inbox_has_a_version_too (void **state)
{
  Scene self;

  come (&self, state);
  const char *inbox = self.desk->place.inbox;
  self.desk->place.inbox = NULL;
  restart (self.desk);
  self.desk->place.inbox = inbox;
  check_green (&self, JK_CHECK_VERSION, NULL);
  go (&self);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_good_pc_is_green_all_over),
    TEST (without_a_window_nothing_is_said_of_one),
    TEST (one_look_at_a_time),
    TEST (too_little_memory_is_amber_then_red),
    TEST (swap_is_amber),
    TEST (a_battery_is_amber_and_a_low_one_red),
    TEST (a_small_screen_is_amber_and_a_tiny_one_red),
    TEST (no_chinese_font_is_red),
    TEST (a_file_for_another_version_is_red),
    TEST (a_pc_without_an_inbox_has_a_version_too),
  };
  return cmocka_run_group_tests_name ("checks", tests, check_build_exam, check_free_exam);
}
