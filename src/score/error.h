/* SPDX-License-Identifier: Apache-2.0 */
/* score/error.h: why the centre cannot score at all. One bad result never is such a reason. */
#pragma once

#include <glib.h>

#define JK_SCORE_ERROR (jk_score_error_quark ())

typedef enum {
  JK_SCORE_ERROR_KEYS,    /* session, bank and answer keys do not belong together */
  JK_SCORE_ERROR_PAPER,   /* a result's paper is not the one the session gives its record (P7) */
  JK_SCORE_ERROR_PERSON,  /* a result names another person than its record */
  JK_SCORE_ERROR_TIME,    /* more exam time than the session and its extensions give */
  JK_SCORE_ERROR_ANSWER,  /* an answer that its item does not have */
  JK_SCORE_ERROR_RELEASE, /* a release that two people of this centre did not write so */
} JkScoreError;

GQuark jk_score_error_quark (void);
