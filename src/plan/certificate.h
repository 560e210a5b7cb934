/* SPDX-License-Identifier: Apache-2.0 */
/* plan/certificate.h: the number of a certificate that a candidate already has (domain.md section
 * 5.4).
 *
 * The schemes changed more than once and bodies make their own, so a number of another form is no
 * fault; and nobody is turned away for what this says. */
#pragma once

#include <glib.h>

typedef enum {
  JK_CERTIFICATE_UNKNOWN,    /* of no form known here */
  JK_CERTIFICATE_VOCATIONAL, /* 职业资格证书: 16 digits, the 11th the level */
  JK_CERTIFICATE_SKILL, /* 职业技能等级证书: Y or S and 21 digits or letters, the 16th the level */
  JK_CERTIFICATE_SENIOR, /* the same of 特级技师: 2 letters and 20 digits, without a level */
} JkCertificateForm;

/* The form of a number as people write it; out_level (may be NULL) gets 1 to 5, or 0 when the
 * number names no level. */
JkCertificateForm jk_certificate_parse (const char *text, guint *out_level);
