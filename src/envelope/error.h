/* SPDX-License-Identifier: Apache-2.0 */
/* envelope/error.h: why a file that travels is refused (P10). */
#pragma once

#include <glib.h>

#define JK_ENVELOPE_ERROR (jk_envelope_error_quark ())

typedef enum {
  JK_ENVELOPE_ERROR_FOREIGN,   /* not a Jikao file */
  JK_ENVELOPE_ERROR_KIND,      /* a Jikao file of another kind */
  JK_ENVELOPE_ERROR_VERSION,   /* suite or version newer than this program */
  JK_ENVELOPE_ERROR_LENGTH,    /* cut short, too long, or lengths that contradict each other */
  JK_ENVELOPE_ERROR_SIGNER,    /* signed by a key that is not the one expected */
  JK_ENVELOPE_ERROR_SIGNATURE, /* head or manifest changed after signing */
  JK_ENVELOPE_ERROR_DIGEST,    /* content changed after signing */
  JK_ENVELOPE_ERROR_MANIFEST,  /* signed, but not of the form this kind has */
} JkEnvelopeError;

GQuark jk_envelope_error_quark (void);
