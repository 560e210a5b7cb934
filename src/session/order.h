/* SPDX-License-Identifier: Apache-2.0 */
/* session/order.h: the one form of every command to a station (design.md section 6), signed by one
 * or two roles. Panel, stick and broker only carry it.
 *
 * Whether an order is sound (of this session and hall, signed by roles it names, of the form the
 * act table wants) needs no situation: jk_order_check. Whether it applies here and now:
 * jk_order_judge. Both are pure. An id is applied once; expected states and epoch settle
 * conflicts, so orders may reach thirty stations in any order. FORMATS.md section 9. */
#pragma once

#include "session/act.h"
#include "session/session.h"

#define JK_ORDER_ID_BYTES 16
#define JK_ORDER_SUBJECT_BYTES 32
#define JK_ORDER_EVERY G_MAXUINT32     /* record: every one */
#define JK_ORDER_ANY_EPOCH G_MAXUINT32 /* epoch: whatever it is */
#define JK_ORDER_SIGNERS_MAX 2

typedef struct _JkOrder JkOrder;

/* What is signed. */
typedef struct {
  /* Borrowed: UTF-8 */
  const char *hall;   /* at most JK_ID_BYTES_MAX */
  const char *text;   /* what the act carries; at most JK_ORDER_TEXT_BYTES_MAX, as the reason */
  const char *reason; /* "" when there is none */
  /* Plain */
  JkDigest session;
  guint8 id[JK_ORDER_ID_BYTES];
  guint8 station[JK_PUBLIC_BYTES];        /* its signing key; zeros: every station of the hall */
  guint8 device[JK_PUBLIC_BYTES];         /* signing key of the device the passcode was typed on */
  guint8 subject[JK_ORDER_SUBJECT_BYTES]; /* a digest or key that the act is about, or zeros */
  guint64 counter;                        /* of the device, from 1: shows what is missing */
  guint64 amount;                         /* ms, or a role; see act.h */
  gint64 wall_ms;                         /* when, as the device believed */
  guint32 record;                         /* JK_ORDER_EVERY: every one */
  guint32 amendment;                      /* in force when it was given; 0: none */
  guint32 epoch;  /* orders the sitting has obeyed; JK_ORDER_ANY_EPOCH: does not matter */
  guint32 states; /* set of JK_BIT (JkState) the signer saw; 0: does not matter */
  JkAct act;
} JkOrderTerms;

/* Terms for an act of this session's hall, under its amendment in force: fresh id, every station,
 * every record, any state. */
void jk_order_terms_init (JkOrderTerms *self,
                          const JkSession *session,
                          JkAct act,
                          const JkWorld *world,
                          guint64 counter);

/* The order, signed by a first role. Terms must fit limits.h; the act table is not asked. */
GBytes *jk_order_write (const JkOrderTerms *terms, JkRoleName role, const JkSecret *sign_key);

/* The same order with one more signature. Errors: ORDER_FORM (it has two already, or this role's).
 */
GBytes *jk_order_countersign (const char *file,
                              GBytes *order,
                              JkRoleName role,
                              const JkSecret *sign_key,
                              GError **error);

/* Takes the bytes of an order apart; file names the carrier in messages and is copied. Errors:
 * ORDER_FORM. */
JkOrder *jk_order_parse (const char *file, GBytes *bytes, GError **error);
void jk_order_free (JkOrder *self);
const char *jk_order_get_file (const JkOrder *self);
const JkOrderTerms *jk_order_get_terms (const JkOrder *self);
GBytes *jk_order_get_bytes (const JkOrder *self); /* lent */

/* BLAKE2b-256 ("jikao 1 order", all but the signatures): what rows and logs name. */
const JkDigest *jk_order_get_digest (const JkOrder *self);
guint jk_order_get_n_signers (const JkOrder *self);
JkRoleName jk_order_get_signer (const JkOrder *self, guint n);

/* "extend by 10 min, record 7, signed by chief and proctor"; the caller frees. */
char *jk_order_dup_summary (const JkOrder *self);

/* Whether the order is of this session and hall, signed by different roles of it, and of the form
 * its act wants. Revocation is a matter of the situation: the centre accepts what was signed
 * before. One given under a later amendment than the session has is refused before its signatures
 * are asked, for that amendment may have added who signed; with it in force the same order is fine.
 * Errors: ORDER_FOREIGN, ORDER_AMENDMENT, ORDER_SIGNATURE, ORDER_RULE. */
gboolean jk_order_check (const JkOrder *self, const JkSession *session, GError **error);

/* What a station knows when it judges. */
typedef struct {
  /* Borrowed */
  const guint8 *station; /* JK_PUBLIC_BYTES */
  /* Plain */
  guint32 revoked_roles; /* set of JK_BIT (JkRoleName) */
  JkStage stage;
  JkState state;     /* of the record's sitting; NONE without one */
  guint32 epoch;     /* orders that sitting has obeyed */
  gboolean is_known; /* the id was applied or refused before */
  gboolean is_held, is_absent, is_spare, is_taken, all_handed_in, all_collected;
  gboolean has_result;
  JkDigest result; /* outer digest of the sealed bytes, when has_result */
} JkSituation;

/* Whether the order is meant for this station at all; a stick holds those of others too, which are
 * neither obeyed nor logged. */
gboolean jk_order_is_for (const JkOrder *self, const guint8 station[static JK_PUBLIC_BYTES]);

/* What of the act table does not hold, the first that does not. */
typedef enum {
  JK_LACK_NOTHING,
  JK_LACK_STAGE,
  JK_LACK_STATE,
  JK_LACK_NEED,
} JkLack;

/* What an act lacks in a situation; such an act there is. subject is what its order is about, for
 * JK_NEED_DIGEST; NULL where there is no order yet: then that need is left aside. */
JkLack jk_order_find_lack (JkAct act, const JkSituation *situation, const guint8 *subject);

/* Whether a checked order applies. For one that names every record: to the record of the situation.
 * Errors: ORDER_REPLAYED, ORDER_REVOKED, ORDER_STALE (expected state or epoch is gone), ORDER_STATE
 * (stage, state or need of the act table). */
gboolean jk_order_judge (const JkOrder *self, const JkSituation *situation, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkOrder, jk_order_free)
