/* SPDX-License-Identifier: Apache-2.0 */
/* tests of score/standing.c: the cases one by one, and random mixes against what must always hold.
 */
#include "score/standing.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CLAIMS 6
#define ROWS 4
#define ROUNDS 200000

typedef struct {
  JkClaim claims[CLAIMS];
  JkClaim *order[CLAIMS];
  JkSheetRow rows[ROWS];
  guint n;
  guint n_rows;
} Mix;

static const char *const files[] = { "a", "b", "c", "d", "e", "f" };

/* A claim whose receipt goes with its digest. */
static void
add_claim (Mix *self, guint32 seal_number, guint8 station, guint8 digest, const char *release)
{
  JkClaim *claim = &self->claims[self->n];

  claim->file = files[self->n];
  claim->release = release;
  claim->seal_number = seal_number;
  claim->station[0] = station;
  claim->digest.bytes[0] = digest;
  claim->slip[0] = digest;
  self->order[self->n] = claim;
  self->n++;
}

static void
add_row (Mix *self, JkSeatState state, guint32 seal_number, guint8 station, guint8 digest)
{
  JkSheetRow *row = &self->rows[self->n_rows++];

  row->state = state;
  row->seal_number = seal_number;
  row->station[0] = station;
  row->digest.bytes[0] = digest;
  row->slip[0] = digest;
}

static JkOutcome
settle (Mix *self, JkClaim **out_counts)
{
  return jk_standing_settle (self->order, self->n, self->rows, self->n_rows, out_counts);
}

static void
clear (Mix *self)
{
  for (guint i = 0; i < self->n; i++)
    g_clear_pointer (&self->claims[i].reason, g_free);
}

/* Settles, checks outcome, standings in order ("fpsq") and which claim counts (-1: none). */
static void
expect (Mix *self, JkOutcome outcome, const char *standings, int wanted)
{
  static const char letters[] = "fpsq";
  JkClaim *chosen = NULL;

  assert_int_equal (settle (self, &chosen), outcome);
  for (guint i = 0; i < self->n; i++) {
    if (letters[self->claims[i].standing] != standings[i])
      print_error ("%s: %s\n", self->claims[i].file, self->claims[i].reason);
    assert_int_equal (letters[self->claims[i].standing], standings[i]);
  }
  assert_ptr_equal (chosen, wanted < 0 ? NULL : &self->claims[wanted]);
}

static void
what_a_sheet_names_is_final_and_what_none_names_provisional (void **state)
{
  Mix named = { .n = 0 };
  Mix unnamed = { .n = 0 };

  add_claim (&named, 1, 1, 1, NULL);
  add_row (&named, JK_SEAT_SEALED, 1, 1, 1);
  expect (&named, JK_OUTCOME_SCORED, "f", 0);
  add_claim (&unnamed, 1, 1, 1, NULL);
  expect (&unnamed, JK_OUTCOME_SCORED, "p", 0);
  unnamed.claims[0].release = "A, B: found later";
  expect (&unnamed, JK_OUTCOME_SCORED, "f", 0);
  assert_string_equal (unnamed.claims[0].reason, "A, B: found later");
  clear (&named);
  clear (&unnamed);
}

static void
a_row_that_says_otherwise_of_a_result_sets_it_aside (void **state)
{
  for (guint i = 0; i < 3; i++) {
    Mix mix = { .n = 0 };
    add_claim (&mix, 1, 1, 1, i == 0 ? "A, B: why" : NULL);
    add_row (&mix, JK_SEAT_SEALED, i == 0 ? 2 : 1, i == 1 ? 9 : 1, 1);
    mix.rows[0].slip[0] = i == 2 ? 9 : 1;
    expect (&mix, JK_OUTCOME_MISSING, "q", -1);
    clear (&mix);
  }
  /* No receipt was given: the digest is enough. */
  Mix mix = { .n = 0 };
  add_claim (&mix, 1, 1, 1, NULL);
  add_row (&mix, JK_SEAT_SEALED, 1, 1, 1);
  mix.rows[0].slip[0] = 0;
  expect (&mix, JK_OUTCOME_SCORED, "f", 0);
  clear (&mix);
}

static void
of_two_branches_the_named_one_counts_and_the_other_is_kept (void **state)
{
  for (guint released = 0; released < 2; released++) {
    Mix mix = { .n = 0 };
    add_claim (&mix, 1, 1, 1, released == 1 ? "A, B: why" : NULL);
    add_claim (&mix, 1, 2, 2, NULL);
    add_row (&mix, JK_SEAT_SEALED, 1, 2, 2);
    expect (&mix, JK_OUTCOME_SCORED, "qf", 1);
    clear (&mix);
  }
}

static void
of_two_branches_none_named_both_are_set_aside_and_named (void **state)
{
  Mix mix = { .n = 0 };

  add_claim (&mix, 1, 1, 1, NULL);
  add_claim (&mix, 1, 2, 2, NULL);
  expect (&mix, JK_OUTCOME_CONTRADICTED, "qq", -1);
  assert_non_null (strstr (mix.claims[0].reason, "b is another result"));
  assert_non_null (strstr (mix.claims[1].reason, "a is another result"));
  mix.claims[1].release = "A, B: why";
  expect (&mix, JK_OUTCOME_SCORED, "qf", 1);
  assert_non_null (strstr (mix.claims[0].reason, "released b"));
  mix.claims[0].release = "A, B: why";
  expect (&mix, JK_OUTCOME_CONTRADICTED, "qq", -1);
  clear (&mix);
}

static void
the_highest_seal_number_counts (void **state)
{
  Mix mix = { .n = 0 };

  add_claim (&mix, 1, 1, 1, NULL);
  add_claim (&mix, 2, 1, 2, NULL);
  expect (&mix, JK_OUTCOME_SCORED, "sp", 1);
  add_row (&mix, JK_SEAT_SEALED, 1, 1, 1);
  /* The sheet was signed before the sitting was reopened: what it names counts until released. */
  expect (&mix, JK_OUTCOME_SCORED, "fp", 0);
  mix.claims[1].release = "A, B: why";
  expect (&mix, JK_OUTCOME_SCORED, "sf", 1);
  mix.claims[1].release = NULL;
  add_row (&mix, JK_SEAT_SEALED, 2, 1, 2);
  expect (&mix, JK_OUTCOME_SCORED, "sf", 1);
  assert_non_null (strstr (mix.claims[0].reason, "b has the seal number 2"));
  clear (&mix);
}

static void
a_named_result_that_is_not_here_holds_the_lower_one (void **state)
{
  Mix mix = { .n = 0 };

  add_claim (&mix, 1, 1, 1, NULL);
  add_row (&mix, JK_SEAT_SEALED, 1, 1, 1);
  add_row (&mix, JK_SEAT_SEALED, 2, 1, 2);
  expect (&mix, JK_OUTCOME_MISSING, "p", -1);
  mix.claims[0].release = "A, B: why";
  expect (&mix, JK_OUTCOME_SCORED, "f", 0);
  clear (&mix);
}

static void
what_a_sheet_denies_is_set_aside_until_released (void **state)
{
  const JkSeatState states[] = { JK_SEAT_ABSENT,
                                 JK_SEAT_NEVER_SEEN,
                                 JK_SEAT_MOVED,
                                 JK_SEAT_LOST_COPIED };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    Mix mix = { .n = 0 };
    add_claim (&mix, 1, 1, 1, NULL);
    add_row (&mix, states[i], 0, i < 2 ? 0 : 1, 0);
    expect (&mix, JK_OUTCOME_QUARANTINED, "q", -1);
    mix.claims[0].release = "A, B: why";
    expect (&mix, JK_OUTCOME_SCORED, "f", 0);
    clear (&mix);
  }
  /* From the station it went on at it is what the sheet expects, but not named yet. */
  Mix mix = { .n = 0 };
  add_claim (&mix, 1, 2, 1, NULL);
  add_row (&mix, JK_SEAT_MOVED, 0, 1, 0);
  expect (&mix, JK_OUTCOME_SCORED, "p", 0);
  clear (&mix);
}

static void
a_record_without_results_is_what_the_sheet_says (void **state)
{
  const struct {
    JkSeatState state;
    JkOutcome outcome;
  } cases[] = {
    { JK_SEAT_ABSENT, JK_OUTCOME_ABSENT }, { JK_SEAT_NEVER_SEEN, JK_OUTCOME_ABSENT },
    { JK_SEAT_LEFT_ILL, JK_OUTCOME_ILL },  { JK_SEAT_LOST, JK_OUTCOME_LOST },
    { JK_SEAT_MOVED, JK_OUTCOME_LOST },
  };
  Mix nothing = { .n = 0 };

  expect (&nothing, JK_OUTCOME_ABSENT, "", -1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Mix mix = { .n = 0 };
    add_row (&mix, cases[i].state, 0, 0, 0);
    expect (&mix, cases[i].outcome, "", -1);
  }
  Mix missing = { .n = 0 };
  add_row (&missing, JK_SEAT_SEALED, 1, 1, 1);
  expect (&missing, JK_OUTCOME_MISSING, "", -1);
}

/* Digests, seal numbers and stations from small sets, so that they meet. */
static void
mix_at_random (Mix *self, GRand *chance)
{
  guint n = (guint) g_rand_int_range (chance, 0, CLAIMS + 1);
  guint n_rows = (guint) g_rand_int_range (chance, 0, ROWS + 1);

  memset (self, 0, sizeof *self);
  for (guint i = 0; i < n; i++)
    add_claim (self,
               (guint32) g_rand_int_range (chance, 1, 4),
               (guint8) g_rand_int_range (chance, 1, 3),
               (guint8) (i + 1),
               g_rand_int_range (chance, 0, 4) == 0 ? "A, B: why" : NULL);
  for (guint i = 0; i < n_rows; i++) {
    JkSeatState state = (JkSeatState) g_rand_int_range (chance, JK_SEAT_SEALED, JK_N_SEAT_STATES);
    gboolean has_result =
        state < JK_SEAT_LEFT_ILL || (state == JK_SEAT_LEFT_ILL && g_rand_boolean (chance));
    guint8 digest = (guint8) g_rand_int_range (chance, 1, CLAIMS + 3);
    gboolean is_like = digest <= n && g_rand_int_range (chance, 0, 5) > 0;
    add_row (self,
             state,
             !has_result ? 0
             : is_like   ? self->claims[digest - 1].seal_number
                         : (guint32) g_rand_int_range (chance, 1, 4),
             is_like ? self->claims[digest - 1].station[0] : 1,
             has_result ? digest : 0);
  }
}

static const JkSheetRow *
find_row (const Mix *self, const JkClaim *claim)
{
  for (guint i = 0; i < self->n_rows; i++) {
    if (self->rows[i].digest.bytes[0] == claim->digest.bytes[0])
      return &self->rows[i];
  }
  return NULL;
}

static gboolean
is_named (const Mix *self, const JkClaim *claim)
{
  const JkSheetRow *row = find_row (self, claim);

  return row != NULL && row->seal_number == claim->seal_number &&
         row->station[0] == claim->station[0];
}

/* Whether the sheet has another result in the place of a claim. */
static gboolean
is_denied (const Mix *self, const JkClaim *claim)
{
  for (guint i = 0; i < self->n_rows; i++) {
    if (self->rows[i].digest.bytes[0] != 0 &&
        self->rows[i].digest.bytes[0] != claim->digest.bytes[0] &&
        self->rows[i].seal_number == claim->seal_number)
      return TRUE;
  }
  return FALSE;
}

static void
check_always (const Mix *self, JkOutcome outcome, const JkClaim *chosen)
{
  guint n_final = 0;

  assert_int_equal (outcome == JK_OUTCOME_SCORED, chosen != NULL);
  for (guint i = 0; i < self->n; i++) {
    const JkClaim *claim = &self->claims[i];
    assert_true (claim->standing <= JK_STANDING_QUARANTINED);
    assert_true (claim->reason != NULL && *claim->reason != '\0');
    n_final += claim->standing == JK_STANDING_FINAL ? 1 : 0;
    /* Nothing is final that neither a sheet nor two people stand for, or against the sheet. */
    if (claim->standing == JK_STANDING_FINAL)
      assert_true (
          is_named (self, claim) ||
          (claim->release != NULL && find_row (self, claim) == NULL && !is_denied (self, claim)));
    /* Nothing is dropped because of one that does not count, or that is not above it. */
    if (claim->standing == JK_STANDING_SUPERSEDED)
      assert_true (chosen != NULL && chosen->seal_number > claim->seal_number);
    /* A result that a sheet names rightly is never set aside. */
    if (claim->standing == JK_STANDING_QUARANTINED)
      assert_false (is_named (self, claim) && !is_denied (self, claim));
    if (claim->standing == JK_STANDING_PROVISIONAL && n_final > 0 && chosen != NULL)
      assert_true (claim == chosen || claim->seal_number > chosen->seal_number);
  }
  assert_true (n_final <= 1);
  if (n_final == 1)
    assert_int_equal (chosen->standing, JK_STANDING_FINAL);
  if (chosen != NULL)
    assert_true (chosen->standing == JK_STANDING_FINAL ||
                 chosen->standing == JK_STANDING_PROVISIONAL);
}

static void
every_mix_settles_every_result_once_in_any_order (void **state)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (20210424);
  guint outcomes[JK_OUTCOME_CONTRADICTED + 1] = { 0 };
  guint standings[JK_STANDING_QUARANTINED + 1] = { 0 };

  for (guint round = 0; round < ROUNDS; round++) {
    Mix mix;
    JkClaim *chosen = NULL;
    JkClaim *again = NULL;
    JkStanding first[CLAIMS];

    mix_at_random (&mix, chance);
    JkOutcome outcome = settle (&mix, &chosen);
    check_always (&mix, outcome, chosen);
    outcomes[outcome]++;
    for (guint i = 0; i < mix.n; i++) {
      first[i] = mix.claims[i].standing;
      standings[first[i]]++;
    }
    for (guint i = mix.n; i > 1; i--) {
      guint k = (guint) g_rand_int_range (chance, 0, (gint32) i);
      JkClaim *swap = mix.order[i - 1];
      mix.order[i - 1] = mix.order[k];
      mix.order[k] = swap;
    }
    assert_int_equal (settle (&mix, &again), outcome);
    assert_ptr_equal (again, chosen);
    for (guint i = 0; i < mix.n; i++)
      assert_int_equal (mix.claims[i].standing, first[i]);
    clear (&mix);
  }
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    assert_true (outcomes[i] > 100);
  for (guint i = 0; i < G_N_ELEMENTS (standings); i++)
    assert_true (standings[i] > 100);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_a_sheet_names_is_final_and_what_none_names_provisional),
    cmocka_unit_test (a_row_that_says_otherwise_of_a_result_sets_it_aside),
    cmocka_unit_test (of_two_branches_the_named_one_counts_and_the_other_is_kept),
    cmocka_unit_test (of_two_branches_none_named_both_are_set_aside_and_named),
    cmocka_unit_test (the_highest_seal_number_counts),
    cmocka_unit_test (a_named_result_that_is_not_here_holds_the_lower_one),
    cmocka_unit_test (what_a_sheet_denies_is_set_aside_until_released),
    cmocka_unit_test (a_record_without_results_is_what_the_sheet_says),
    cmocka_unit_test (every_mix_settles_every_result_once_in_any_order),
  };
  return cmocka_run_group_tests_name ("standing", tests, NULL, NULL);
}
