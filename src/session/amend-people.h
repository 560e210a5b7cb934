/* SPDX-License-Identifier: Apache-2.0 */
/* session/amend-people.h: the people of a hall after an amendment: the whole new roll, and which of
 * its records are to be closed again. Private to this folder. */
#pragma once

#include "session/amend-source.h"
#include "session/roll.h"

typedef struct {
  /* Borrowed, from the source */
  const char *id_number;
  /* Plain */
  guint32 index;
  gboolean added;
} JkAmendChange;

typedef struct {
  /* Owned */
  GArray *people;        /* of JkPerson, by index; borrow from roll, source and masked_ids */
  GArray *changes;       /* of JkAmendChange */
  GPtrArray *masked_ids; /* of the changes */
} JkAmendPeople;

/* Puts the rows of source over the roll of this hall. Every fault goes to report: a row of another
 * hall, a corrected one that is not on the roll or stands twice, an added one that is, a seat or
 * number of two people, too many. NULL when there was one. */
JkAmendPeople *jk_amend_people_new (const JkAmendSource *source,
                                    const JkRoll *roll,
                                    const char *hall,
                                    JkReport *report);
void jk_amend_people_free (JkAmendPeople *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkAmendPeople, jk_amend_people_free)
