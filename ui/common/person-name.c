/* SPDX-License-Identifier: Apache-2.0 */
/* common/person-name.c: see the header. */
#include "common/person-name.h"

#include <glib/gi18n.h>

const char *
jk_person_name_get (JkDesk *desk)
{
  const JkPerson *person = jk_desk_get_person (desk);
  const char *walk_in = jk_desk_get_walk_in (desk);

  if (person == NULL)
    return NULL;
  return walk_in != NULL ? walk_in : person->name;
}

char *
jk_person_name_dup (JkDesk *desk)
{
  const JkPerson *person = jk_desk_get_person (desk);
  const char *name = jk_person_name_get (desk);

  if (person == NULL || person->seat[0] == '\0')
    return g_strdup (name);
  /* Translators: name and seat number. zh: %s　座位号 %s */
  return g_strdup_printf (_ ("%s, seat %s"), name, person->seat);
}
