/* SPDX-License-Identifier: Apache-2.0 */
/* session/envelopes.c: the pages that go into the envelopes, each code on one page and once.
 *
 * The text grows in one piece of memory of the size it needs, so that no copy of a code stays
 * behind in memory that was given back. */
#include "session/office.h"

#include "base/limits.h"
#include "base/text.h"
#include "session/printed-code.h"

#define PAGE_BYTES 2048

typedef struct {
  /* Borrowed */
  const char *title;
  const char *reader;
  const char *when;
} Page;

static const Page start_page = {
  "START CODE (启封码)",
  "the authority's duty officer (考务值班员)",
  "Open it when the exam begins, and announce the code to all halls then, not before. It opens "
  "the papers of those who have logged in.\n"
  "开考时拆开，向所有考场宣布；不得提前。考生登录后输入此码，试卷才能打开。",
};

/* Not in one envelope with a passcode: that one is opened when the proctor takes the post. */
static const Page half_pages[JK_START_CODES_MAX] = {
  {
      "START CODE, first half (启封码上半, 主考码)",
      "the chief proctor of this hall (本考场主考)",
      "Open it when the exam begins, not before, and type it first, before the second proctor's. "
      "Show it to nobody: both halves together open the papers of those who have logged in.\n"
      "开考时拆开，不得提前。在每台考试机上先输入此码，再由监考输入下半。两半合起来才能打开试卷，"
      "不得出示给他人。",
  },
  {
      "START CODE, second half (启封码下半, 监考码)",
      "the second proctor of this hall (本考场监考)",
      "Open it when the exam begins, not before, and type it second, after the chief's. Show it to "
      "nobody: both halves together open the papers of those who have logged in.\n"
      "开考时拆开，不得提前。在每台考试机上，主考输入上半之后输入此码。两半合起来才能打开试卷，"
      "不得出示给他人。",
  },
};

static const Page room_page = {
  "ROOM CODE (考场码)",
  "the proctors of this hall (本考场监考人员)",
  "Open it when the room is opened, and type the code on each PC. It lets candidates log in. Never "
  "announce it.\n"
  "开放考场时拆开，在每台考试机上输入，考生才能登录。不得宣布。",
};

static const Page role_pages[JK_ROLES] = {
  {
      "PASSCODE, role chief (主考)",
      "the chief proctor of this hall (本考场主考)",
      "Open it when you take your post. The code signs your orders and opens the roll. Tell it to "
      "nobody.\n"
      "到岗时拆开。此密码用于签署您的操作、查看考生名单，不得告诉他人。",
  },
  {
      "PASSCODE, role proctor (监考)",
      "the second proctor of this hall (本考场监考)",
      "Open it when you take your post. The code signs your orders and opens the roll. Tell it to "
      "nobody.\n"
      "到岗时拆开。此密码用于签署您的操作、查看考生名单，不得告诉他人。",
  },
  {
      "PASSCODE, role spare-1 (备用一)",
      "whom the chief proctor names (由主考指定)",
      "Open it only when a proctor is missing or a passcode is lost, and write down who opened "
      "it.\n"
      "仅在有人缺岗或密码遗失时拆开，并登记拆封人。",
  },
  {
      "PASSCODE, role spare-2 (备用二)",
      "whom the chief proctor names (由主考指定)",
      "Open it only when a proctor is missing or a passcode is lost, and write down who opened "
      "it.\n"
      "仅在有人缺岗或密码遗失时拆开，并登记拆封人。",
  },
};

static void
add_page (GString *out,
          const Page *page,
          const JkOffice *office,
          const char *hall,
          guint build_number,
          const char *starts,
          const JkSecret *code)
{
  char *text = jk_printed_code_dup_text (code);

  if (out->len > 0)
    g_string_append_c (out, '\f');
  g_string_append_printf (out, "%s\n\n", page->title);
  g_string_append_printf (out, "Session (场次): %s\n", office->name);
  g_string_append_printf (out, "Build (构建): %u\n", build_number);
  g_string_append_printf (out, "Hall (考场): %s\n", hall);
  g_string_append_printf (out, "Starts (开考): %s\n", starts);
  g_string_append_printf (out, "For (交给): %s\n\n", page->reader);
  g_string_append_printf (out, "    %s\n\n", text);
  g_string_append_printf (out, "%s\n", page->when);
  jk_text_wipe (text);
}

static void
add_halves (GString *out,
            const JkOffice *office,
            const char *hall,
            guint build_number,
            const char *starts)
{
  for (guint n = 0; n < JK_START_CODES_MAX; n++) {
    g_autoptr (JkSecret) half = jk_secret_new_slice (office->start_code,
                                                     (gsize) n * JK_START_CODE_LETTERS,
                                                     JK_START_CODE_LETTERS);
    add_page (out, &half_pages[n], office, hall, build_number, starts, half);
  }
}

/* The passcode of the role with this number; spares that an amendment added share a text. */
static void
add_role_page (GString *out,
               const JkOffice *office,
               const JkOfficeHall *hall,
               guint role,
               guint build_number,
               const char *starts)
{
  g_autofree char *title =
      g_strdup_printf ("PASSCODE, role %s (备用)", jk_role_name_get ((JkRoleName) role));
  Page added = role_pages[JK_ROLE_SPARE_1 - 1];

  added.title = title;
  add_page (out,
            role <= JK_ROLES ? &role_pages[role - 1] : &added,
            office,
            hall->name,
            build_number,
            starts,
            hall->passcodes[role - 1]);
}

char *
jk_office_dup_envelopes (const JkOffice *self, guint build_number, const char *starts)
{
  gboolean is_whole = jk_secret_get_size (self->start_code) == JK_START_CODE_LETTERS;
  gsize n_pages = 1 + self->halls->len * (gsize) (1 + JK_ROLES_MAX + JK_START_CODES_MAX);
  GString *out = g_string_sized_new (n_pages * PAGE_BYTES);

  if (is_whole)
    add_page (out, &start_page, self, "all (全部)", build_number, starts, self->start_code);
  for (guint n = 0; n < self->halls->len; n++) {
    const JkOfficeHall *hall = g_ptr_array_index (self->halls, n);
    add_page (out, &room_page, self, hall->name, build_number, starts, hall->room_code);
    for (guint role = 1; role <= hall->n_passcodes; role++)
      add_role_page (out, self, hall, role, build_number, starts);
    if (!is_whole)
      add_halves (out, self, hall->name, build_number, starts);
  }
  return g_string_free (out, FALSE);
}

char *
jk_office_dup_added_envelopes (const JkOffice *self,
                               const JkOfficeHall *hall,
                               JkRoleName first,
                               guint build_number,
                               const char *starts)
{
  GString *out = g_string_sized_new (hall->n_passcodes * (gsize) PAGE_BYTES);

  for (guint role = first; role <= hall->n_passcodes; role++)
    add_role_page (out, self, hall, role, build_number, starts);
  return g_string_free (out, FALSE);
}
