/* SPDX-License-Identifier: Apache-2.0 */
/* base/id-number.h: numbers of identity documents (domain.md section 5).
 *
 * The check of the 18-digit numbers is ISO 7064 MOD 11-2 as GB 11643-1999 uses it. */
#pragma once

#include <glib.h>

typedef enum {
  JK_ID_RESIDENT = 1, /* 居民身份证; a 港澳台居民居住证 passes too, as people often call it so */
  JK_ID_PERMANENT_FOREIGN, /* 外国人永久居留身份证: 18 digits from 9, or 3 letters and 12 digits */
  JK_ID_HK_MACAO_PERMIT, /* 港澳居民来往内地通行证: H or M and 8 or 10 digits */
  JK_ID_TAIWAN_PERMIT,   /* 台湾居民来往大陆通行证: 8 digits, older 10 and more */
  JK_ID_PASSPORT,        /* 护照, and 香港 or 澳门 护照/身份证明: 5 to 15 of 0-9A-Z */
  JK_ID_MILITARY,        /* 军官证, 士兵证: free text of at least 4 letters */
  JK_ID_RESIDENCE_PERMIT, /* 港澳台居民居住证: as a resident's, from 810000, 820000 or 830000 */
} JkIdKind;

typedef enum {
  JK_ID_OK,
  JK_ID_EMPTY,
  JK_ID_LENGTH,      /* wrong number of characters */
  JK_ID_FIRST_ISSUE, /* 15 digits: the first generation, no longer a valid document */
  JK_ID_CHARACTER,   /* a character that cannot stand where it stands */
  JK_ID_DATE,        /* no such day, or after today */
  JK_ID_CHECK,       /* the check character does not fit: mistyped */
} JkIdFault;

typedef struct {
  gint birth_year, birth_month, birth_day; /* 0 when the number carries no date */
  gboolean has_sex;
  gboolean is_male;
  gboolean is_place_unknown; /* the first two digits are no province's; old codes may be right */
} JkIdFacts;

/* Outside of these an age is worth a question, never a refusal. */
#define JK_ID_AGE_MIN 16u
#define JK_ID_AGE_MAX 70u

/* Checks a number in canonical form (jk_text_canonical_number) as one of kind; today as YYYYMMDD.
 * out_facts may be NULL. */
JkIdFault
jk_id_number_check (JkIdKind kind, const char *canonical, guint today, JkIdFacts *out_facts);

/* Full years of life today (YYYYMMDD), by birth; FALSE when the number carried none. */
gboolean jk_id_facts_get_age (const JkIdFacts *facts, guint today, guint *out_years);

/* The kind a roster names: 居民身份证, 身份证, 护照 ..., or resident, passport ...; blanks, width,
 * case and signs (brackets, slashes, dashes) count for nothing. FALSE when none. */
gboolean jk_id_kind_parse (const char *name, JkIdKind *out_kind);

/* What was expected, as half a sentence for a report; lent. */
const char *jk_id_fault_expectation (JkIdFault fault);
