/* SPDX-License-Identifier: Apache-2.0 */
/* tool/orders.h: orders made by the commands, for the tests of those that make and obey them. */
#pragma once

#include "way.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define PATH(name) jk_test_way_path (way, name)

/* secrets/chief and secrets/proctor, from the printed envelopes; once for a way. */
static inline void
put_passcodes (JkTestWay *way)
{
  static const char *const roles[] = { "chief", "proctor" };
  g_autofree char *path = jk_test_way_find (way, "hall", "-envelopes.txt");
  g_autofree char *pages = NULL;

  assert_true (g_file_get_contents (path, &pages, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++) {
    g_autofree char *title = g_strdup_printf ("PASSCODE, role %s", roles[i]);
    g_autofree char *name = g_strdup_printf ("secrets/%s", roles[i]);
    const char *page = strstr (pages, title);
    assert_non_null (page);
    const char *code = strstr (page, "\n    ") + strlen ("\n    ");
    g_autofree char *text = g_strdup_printf ("passcode=%.*s\n", (int) strcspn (code, "\n"), code);
    jk_test_way_put (way, name, text);
  }
}

/* An order for a record, with a reason, signed by the chief; amount: minutes, or NULL. */
static inline void
make_order (JkTestWay *way,
            const char *file,
            const char *act,
            const char *record,
            const char *amount)
{
  jk_test_way_expect (way,
                      JK_EXIT_OK,
                      "order",
                      "new",
                      "--session",
                      way->session,
                      "--authorities",
                      PATH ("pinned"),
                      "--role",
                      "chief",
                      "--act",
                      act,
                      "--record",
                      record,
                      "--reason",
                      "rehearsed",
                      "--minutes",
                      amount != NULL ? amount : "0",
                      "--secrets",
                      PATH ("secrets/chief"),
                      PATH (file),
                      NULL);
}

static inline void
sign_order (JkTestWay *way, const char *from, const char *to, int exit_code)
{
  jk_test_way_expect (way,
                      exit_code,
                      "order",
                      "sign",
                      "--session",
                      way->session,
                      "--authorities",
                      PATH ("pinned"),
                      "--role",
                      "proctor",
                      "--secrets",
                      PATH ("secrets/proctor"),
                      PATH (from),
                      PATH (to),
                      NULL);
}

static inline void
expect_shown (JkTestWay *way, const char *file, int exit_code)
{
  jk_test_way_expect (way,
                      exit_code,
                      "order",
                      "show",
                      "--session",
                      way->session,
                      "--authorities",
                      PATH ("pinned"),
                      PATH (file),
                      NULL);
}
