/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/inputs.c */
#include "tool/inputs.h"

#include "base/error.h"
#include "crypto/error.h"
#include "session/amended.h"
#include "session/error.h"
#include "way.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define LATER "[amendment]\nnumber=1\nreason=x\n[window]\nlatest-entry-min=45\n"
#define PATH(name) jk_test_way_path (way, name)

static JkSecret *
new_text (const char *text)
{
  return jk_secret_new_copy (text, strlen (text));
}

static void
a_key_opens_only_as_its_kind (void **state)
{
  JkTestWay *way = *state;
  const JkTool *tool = &way->said->tool;
  g_autoptr (JkSecret) passphrase = new_text ("centre of the test");
  g_autoptr (GError) error = NULL;
  g_autoptr (JkKey) key =
      jk_input_key (tool, PATH ("office/centre.jkkey"), JK_KEY_CENTRE, passphrase, &error);

  assert_non_null (key);
  assert_null (
      jk_input_key (tool, PATH ("office/centre.jkkey"), JK_KEY_AUTHORITY, passphrase, &error));
  assert_true (g_error_matches (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_FORMAT));
  assert_non_null (strstr (error->message, "the key of a scoring centre; expected"));
}

static void
an_authority_is_no_centre (void **state)
{
  JkTestWay *way = *state;
  const JkTool *tool = &way->said->tool;
  const char *const paths[] = { PATH ("office/authority.jkpub"), NULL };
  JkSealPublic centres[JK_CENTRES_MAX];
  g_autoptr (GError) error = NULL;
  gsize n = 9;

  assert_false (jk_input_centres (tool, paths, centres, &n, &error));
  assert_true (g_error_matches (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_FORMAT));
  assert_non_null (strstr (error->message, "the key of an authority; expected"));
  assert_int_equal (n, 9);
}

static void
one_to_three_centres_are_read (void **state)
{
  JkTestWay *way = *state;
  const JkTool *tool = &way->said->tool;
  const char *one = PATH ("office/centre.jkpub");
  const char *const three[] = { one, PATH ("other/centre.jkpub"), one, NULL };
  const char *const four[] = { one, one, one, one, NULL };
  const char *const missing[] = { one, PATH ("none.jkpub"), NULL };
  JkSealPublic centres[JK_CENTRES_MAX];
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) gone = NULL;
  gsize n = 0;

  assert_true (jk_input_centres (tool, three, centres, &n, NULL));
  assert_int_equal (n, 3);
  assert_memory_equal (centres[0].bytes, centres[2].bytes, JK_PUBLIC_BYTES);
  assert_memory_not_equal (centres[0].bytes, centres[1].bytes, JK_PUBLIC_BYTES);
  assert_false (jk_input_centres (tool, four, centres, &n, &error));
  assert_non_null (strstr (error->message, "expected at most 3"));
  assert_false (jk_input_centres (tool, missing, centres, &n, &gone));
  assert_true (g_error_matches (gone, JK_BASE_ERROR, JK_BASE_ERROR_MISSING));
}

static void
an_office_is_authority_and_centres (void **state)
{
  JkTestWay *way = *state;
  const JkTool *tool = &way->said->tool;
  const char *const centres[] = { PATH ("office/centre.jkpub"), NULL };
  g_auto (JkInputOffice) office = { NULL };
  g_auto (JkInputOffice) refused = { NULL };
  g_autoptr (GError) error = NULL;

  assert_true (jk_input_office (tool,
                                PATH ("office/authority.jkkey"),
                                centres,
                                PATH ("secrets/office"),
                                &office,
                                NULL));
  assert_int_equal (office.n_centres, 1);
  assert_int_equal (jk_key_get_kind (office.authority), JK_KEY_AUTHORITY);
  assert_false (jk_input_office (tool,
                                 PATH ("office/authority.jkkey"),
                                 centres,
                                 PATH ("secrets/new-centre"),
                                 &refused,
                                 &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_CODE));
}

static void
a_signer_must_be_pinned (void **state)
{
  JkTestWay *way = *state;
  const JkTool *tool = &way->said->tool;
  g_autoptr (JkSecret) passphrase = new_text ("authority of the test");
  g_autoptr (JkKey) key =
      jk_input_key (tool, PATH ("office/authority.jkkey"), JK_KEY_AUTHORITY, passphrase, NULL);
  g_autoptr (JkKey) other =
      jk_input_key (tool, PATH ("other/authority.jkkey"), JK_KEY_AUTHORITY, passphrase, NULL);
  g_autoptr (GError) error = NULL;
  gboolean rehearsals_only = FALSE;

  assert_true (jk_input_check_signer (tool,
                                      "x.jkbank",
                                      jk_key_get_public (key),
                                      PATH ("pinned"),
                                      &rehearsals_only,
                                      NULL));
  assert_true (rehearsals_only);
  assert_false (jk_input_check_signer (tool,
                                       "x.jkbank",
                                       jk_key_get_public (other),
                                       PATH ("pinned"),
                                       &rehearsals_only,
                                       &error));
  assert_true (g_error_matches (error, JK_SESSION_ERROR, JK_SESSION_ERROR_AUTHORITY));
  assert_true (g_str_has_prefix (error->message, "x.jkbank: "));
}

static void
a_library_key_lies_beside_its_bank (void **state)
{
  JkTestWay *way = *state;
  const JkTool *tool = &way->said->tool;
  g_autoptr (JkSecret) passphrase = new_text ("authority of the test");
  g_autoptr (JkSecret) wrong = new_text ("something quite else");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) gone = NULL;
  g_autoptr (JkSecret) key =
      jk_input_library_key (tool, PATH ("office/bank.jkbank"), passphrase, NULL);

  assert_int_equal (jk_secret_get_size (key), JK_KEY_BYTES);
  assert_null (jk_input_library_key (tool, PATH ("office/bank.jkbank"), wrong, &error));
  assert_true (g_error_matches (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET));
  assert_null (jk_input_library_key (tool, PATH ("none.jkbank"), passphrase, &gone));
  assert_true (g_error_matches (gone, JK_BASE_ERROR, JK_BASE_ERROR_MISSING));
}

static void
a_name_is_free_until_a_file_has_it (void **state)
{
  JkTestWay *way = *state;
  const JkTool *tool = &way->said->tool;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autoptr (GError) error = NULL;
  const char *path = PATH ("written");

  assert_true (jk_output_check_free (tool, path, NULL));
  assert_true (jk_output_file (tool, path, 0600, bytes, NULL));
  assert_false (jk_output_check_free (tool, path, &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS));
  assert_false (jk_output_file (tool, path, 0600, bytes, NULL));
  jk_output_remove (tool, path);
  assert_true (jk_output_check_free (tool, path, NULL));
  jk_output_remove (tool, path);
}

static void
a_disk_that_does_not_answer_is_not_a_free_name (void **state)
{
  JkTestWay *way = *state;
  const JkTool *tool = &way->said->tool;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (way->exam));
  g_autoptr (GError) error = NULL;

  jk_test_storage_heal (disk);
  jk_test_storage_fail (disk, JK_TEST_OPEN, 1, EIO, JK_TEST_ONCE);
  assert_false (jk_output_check_free (tool, PATH ("free"), &error));
  jk_test_storage_heal (disk);
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE));
}

static void
each_amendment_goes_to_its_hall (void **state)
{
  JkTestWay *way = *state;
  g_autoptr (JkTestExam) exam = jk_test_exam_new ();
  g_autoptr (JkSession) one = amended_open (exam, 0);
  g_autoptr (JkSession) two = amended_open (exam, 1);
  g_autofree char *first = amended_make (exam, one, LATER);
  g_autofree char *second = amended_make (exam, two, LATER);
  JkSession *const halls[] = { one, two };
  const char *const amendments[] = { second, first, NULL };
  const char *const missing[] = { PATH ("none.jkamend"), NULL };
  gboolean taken[2] = { FALSE };
  g_autoptr (GError) error = NULL;

  assert_true (jk_input_amend_hall (&way->said->tool, one, NULL, taken, &error));
  for (guint n = 0; n < 2; n++) {
    assert_true (jk_input_amend_hall (&way->said->tool, halls[n], amendments, taken, &error));
    assert_int_equal (jk_session_get_amendment_number (halls[n]), 1);
    assert_true (taken[1 - n]);
    assert_int_equal (taken[n], n == 1);
  }

  /* What its hall refuses is refused, and so is what cannot be read. */
  assert_false (jk_input_amend_hall (&way->said->tool, one, amendments, taken, &error));
  assert_true (g_error_matches (error, JK_SESSION_ERROR, JK_SESSION_ERROR_AMENDMENT));
  g_clear_error (&error);
  assert_false (jk_input_amend_hall (&way->said->tool, one, missing, taken, &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_key_opens_only_as_its_kind),
    cmocka_unit_test (an_authority_is_no_centre),
    cmocka_unit_test (one_to_three_centres_are_read),
    cmocka_unit_test (an_office_is_authority_and_centres),
    cmocka_unit_test (a_signer_must_be_pinned),
    cmocka_unit_test (a_library_key_lies_beside_its_bank),
    cmocka_unit_test (a_name_is_free_until_a_file_has_it),
    cmocka_unit_test (a_disk_that_does_not_answer_is_not_a_free_name),
    cmocka_unit_test (each_amendment_goes_to_its_hall),
  };

  return cmocka_run_group_tests_name ("inputs",
                                      tests,
                                      jk_test_way_setup_bank,
                                      jk_test_way_teardown);
}
