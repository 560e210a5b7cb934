/* SPDX-License-Identifier: Apache-2.0 */
/* support/exam-sources.c: the sources of an exam, written as people would write them. */
#include "support/exam-private.h"

#include "support/photo.h"

#include <string.h>

#define SECTIONS 3
#define OPTIONS 4
#define LONG_PER_SECTION (JK_TEST_EXAM_LONG_ITEMS / SECTIONS)
#define LONG_SINGLE 20 /* in each section, then as many of each other kind */
#define LONG_OTHER 5
#define STEM_CHARS_MIN 20
#define STEM_CHARS_MAX 400
#define FIRST_HAN 0x4e00
#define COMMON_HAN 3500 /* so many are drawn from, so that glyphs are cold */

static const char *const section_codes[SECTIONS] = { "A-A", "A-B", "B-A" };

static void
make_folder (const JkTestExam *self, const char *name)
{
  g_autofree char *path = jk_test_folder_dup_path (self->folder, name);
  GError *error = NULL;

  jk_storage_make_folder (self->world->storage, path, 0700, &error);
  jk_test_exam_check (error);
}

static void
put_text (const JkTestExam *self, const char *name, const char *text)
{
  g_autofree char *path = jk_test_folder_put_text (self->folder, name, text);
}

static void
put_shipped (const JkTestExam *self, const char *name, const char *shipped)
{
  g_autofree char *path = g_build_filename (g_getenv ("JIKAO_SOURCE_ROOT"), "data", shipped, NULL);
  g_autofree char *text = NULL;
  GError *error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  jk_test_exam_check (error);
  put_text (self, name, text);
}

/* Options of a choice item, n_right of them right; variant turns them and moves the key. */
static void
add_options (GString *out, guint variant, guint n_right, const char *id)
{
  for (guint place = 0; place < OPTIONS; place++) {
    guint option = (place + variant) % OPTIONS;
    gboolean is_right = (option + variant) % OPTIONS < n_right;
    const char *mark = n_right == 1 ? (is_right ? "=" : "~") : (is_right ? "~%50%" : "~%-100%");
    g_string_append_printf (out,
                            "%s%s 选项 %u#说明 %u-%u\n",
                            mark,
                            id,
                            option + 1,
                            variant,
                            option);
  }
}

static void
add_han (GString *out, const char *han, GRand *chance, guint n)
{
  const char *at = han;

  if (han != NULL)
    at = g_utf8_offset_to_pointer (
        han,
        g_rand_int_range (chance, 0, (gint32) g_utf8_strlen (han, -1) - STEM_CHARS_MAX));
  for (guint i = 0; i < n; i++) {
    if (i % 17 == 16)
      g_string_append (out, "，");
    else if (at != NULL) {
      g_string_append_unichar (out, g_utf8_get_char (at));
      at = g_utf8_next_char (at);
    } else
      g_string_append_unichar (out,
                               FIRST_HAN + (gunichar) g_rand_int_range (chance, 0, COMMON_HAN));
  }
}

/* Stems of each length from the shortest to the longest, in no order. */
static void
add_long_item (const JkTestExam *self, GString *out, const char *section, guint n, GRand *chance)
{
  guint number = n * SECTIONS + (guint) (section[0] + section[2]) % SECTIONS;
  guint chars = STEM_CHARS_MIN + number * 37 % JK_TEST_EXAM_LONG_ITEMS *
                                     (STEM_CHARS_MAX - STEM_CHARS_MIN) /
                                     (JK_TEST_EXAM_LONG_ITEMS - 1);

  g_string_append_printf (out,
                          "// [id:%s-%u] [tag:point:%s-00%u] [tag:difficulty:%u]\n",
                          section,
                          n + 1,
                          section,
                          n % 4 + 1,
                          n % 4 + 1);
  add_han (out, self->options.han, chance, chars);
  if (n >= LONG_SINGLE + LONG_OTHER) {
    g_string_append (out, "{TRUE}\n\n");
    return;
  }
  g_string_append (out, "{\n");
  for (guint option = 0; option < OPTIONS; option++) {
    gboolean is_right = n < LONG_SINGLE ? option == 0 : option < 2;
    g_string_append (out,
                     n < LONG_SINGLE ? (is_right ? "=" : "~") : (is_right ? "~%50%" : "~%-100%"));
    add_han (out, self->options.han, chance, 25);
    g_string_append_c (out, '\n');
  }
  g_string_append (out, "}\n\n");
}

static void
add_item (GString *out, const char *section, guint n, guint variant)
{
  static const char *const kinds[] = { "单选", "单选", "多选", "判断" };
  g_autofree char *id = g_strdup_printf ("%s-%u", section, n + 1);

  g_string_append_printf (out,
                          "// [id:%s] [tag:point:%s-00%u] [tag:difficulty:%u]\n%s %s 的题干。{",
                          id,
                          section,
                          n + 1,
                          1 + n,
                          kinds[n],
                          id);
  if (n == 3) {
    g_string_append (out, variant % 2 == 0 ? "TRUE" : "FALSE");
  } else {
    g_string_append_c (out, '\n');
    add_options (out, variant, n == 2 ? 2 : 1, id);
  }
  g_string_append_printf (out, "####解析 %s，版本 %u\n}\n\n", id, variant);
}

static void
add_items (const JkTestExam *self, GString *out, const char *section)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed ((guint32) section[0] * 256 + section[2]);

  for (guint n = 0; self->options.long_items && n < LONG_PER_SECTION; n++)
    add_long_item (self, out, section, n, chance);
  for (guint n = 0; !self->options.long_items && n < JK_TEST_EXAM_ITEMS / SECTIONS; n++)
    add_item (out, section, n, self->options.variant);
}

static void
put_bank (const JkTestExam *self)
{
  g_autoptr (GString) gift = g_string_new (NULL);
  g_autoptr (GString) ini = g_string_new ("[bank]\nname=测试题库\noccupation=4-04-05-03\nlevel=4\n"
                                          "source=测试\nsources=items.gift\n\n[sections]\n");

  for (guint section = 0; section < SECTIONS; section++) {
    g_string_append_printf (ini, "%s=范围 %u\n", section_codes[section], section + 1);
    add_items (self, gift, section_codes[section]);
  }
  g_string_append (ini, "\n[elements]\n");
  for (guint section = 0; section < SECTIONS; section++)
    for (guint n = 0; n < JK_TEST_EXAM_ITEMS / SECTIONS; n++)
      g_string_append_printf (ini,
                              "%s-00%u=鉴定点 %u;X\n",
                              section_codes[section],
                              n + 1,
                              section * SECTIONS + n);
  put_text (self, "bank/items.gift", gift->str);
  put_text (self, "bank/bank.ini", ini->str);
}

static void
put_blueprint (const JkTestExam *self)
{
  const char *cells = self->options.long_items ? "A-A=20/5/5\nA-B=20/5/5\nB-A=20/5/5\n"
                                               : "A-A=1/0/1\nA-B=1/1/0\nB-A=1/0/1\n";
  g_autofree char *text = g_strdup_printf (
      "[blueprint]\nname=测试蓝图\nlevel=4\ntotal=%u\nnotice=仅供测试\n\n"
      "[points]\nsingle=1\nmultiple=2\njudge=1\n\n"
      "[marking]\nmultiple=all-or-nothing\n\n"
      "[difficulty]\n1=25\n2=25\n3=25\n4=25\n5=0\n\n[cells]\n%s",
      self->options.long_items ? JK_TEST_EXAM_LONG_ITEMS + SECTIONS * LONG_OTHER : 7,
      cells);

  put_text (self, "blueprint.ini", text);
}

/* A resident's number of an invented person: the check letter by ISO 7064 MOD 11-2. */
static char *
dup_id_number (guint n)
{
  static const guint weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  g_autofree char *head = g_strdup_printf ("11010819900101%03u", n + 1);
  guint sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += weights[i] * (guint) (head[i] - '0');
  return g_strdup_printf ("%s%c", head, "10X98765432"[sum % 11]);
}

static void
make_candidates (JkTestExam *self)
{
  self->n_candidates = self->options.n_first + self->options.n_second;
  self->n_halls = self->options.n_second > 0 ? 2 : 1;
  self->candidates = g_new0 (JkTestCandidate, self->n_candidates);
  for (guint n = 0; n < self->n_candidates; n++) {
    guint hall = n < self->options.n_first ? 0 : 1;
    guint record = hall == 0 ? n : n - self->options.n_first;
    self->candidates[n] = (JkTestCandidate){
      .admission = g_strdup_printf ("2101050340101%03u", n + 1),
      .id_number = dup_id_number (n),
      .name = g_strdup_printf ("考生%02u", n + 1),
      .seat = g_strdup_printf ("%02u", record + 1),
      .hall = hall,
      .record = record,
    };
  }
}

static void
put_roster (const JkTestExam *self)
{
  g_autoptr (GString) csv =
      g_string_new ("准考证号,姓名,性别,证件类型,证件号码,考场号,座位号,申报条件,延时\n");

  for (guint n = 0; n < self->n_candidates; n++) {
    const JkTestCandidate *candidate = &self->candidates[n];
    g_string_append_printf (csv,
                            "%s,%s,%s,居民身份证,%s,%02u,%s,4-(1),%u\n",
                            candidate->admission,
                            candidate->name,
                            n % 2 == 0 ? "男" : "女",
                            candidate->id_number,
                            candidate->hall + 1,
                            candidate->seat,
                            n == 0 ? self->options.extra_min : 0);
  }
  put_text (self, "roster.csv", csv->str);
}

GBytes *
jk_test_exam_dup_photo (guint n)
{
  return jk_test_photo_new ((guint8) n, 1000 + 500 * (gsize) n);
}

static void
put_photos (const JkTestExam *self)
{
  make_folder (self, "photos");
  for (guint n = 0; n < self->options.n_photos; n++) {
    g_autoptr (GBytes) photo = jk_test_exam_dup_photo (n);
    g_autofree char *name = g_strdup_printf ("photos/%s.png", self->candidates[n].admission);
    g_autofree char *path = jk_test_folder_put (self->folder, name, photo);
  }
}

void
jk_test_exam_put_sources (JkTestExam *self)
{
  g_autofree char *ini =
      g_strdup_printf ("[session]\nname=%s\nplan=plan.ini\nbatch=1\n"
                       "policy=policy.ini\nblueprint=blueprint.ini\n"
                       "roster=roster.csv\nsubject=theory\n"
                       "starts=2021-04-24T09:00\nrehearsal=%s\nstart-code=%s\n%s",
                       JK_TEST_EXAM_NAME,
                       self->options.rehearsal ? "true" : "false",
                       self->options.halves ? "halves" : "whole",
                       self->options.n_photos > 0 ? "photos=photos\n" : "");

  make_candidates (self);
  make_folder (self, "bank");
  make_folder (self, "authorities");
  put_bank (self);
  put_blueprint (self);
  put_roster (self);
  put_photos (self);
  put_shipped (self, "plan.ini", "plans/call-centre-2021.ini");
  put_shipped (self, "policy.ini", "policies/standard.ini");
  self->ini_path = jk_test_folder_put_text (self->folder, "session.ini", ini);
}
