/* SPDX-License-Identifier: Apache-2.0 */
/* support/probe.h: disks that are what a test says. */
#pragma once

#include "sitting/disk.h"

#include <errno.h>
#include <string.h>

/* Fields are set by the test. */
typedef struct {
  JkDiskProbe base; /* first */
  JkDiskFacts facts;
  int number; /* not 0: asking fails */
} JkTestProbe;

/* What lies in a folder of that name is on another disk. */
static inline int
jk_test_probe_look (const JkDiskProbe *base, const char *path, JkDiskFacts *out_facts)
{
  const JkTestProbe *self = (const JkTestProbe *) base;

  errno = self->number;
  *out_facts = self->facts;
  if (strstr (path, "/stick") != NULL)
    out_facts->device++;
  return self->number == 0 ? 0 : -1;
}

/* An ext4 disk with so much room. */
static inline JkTestProbe
jk_test_probe (guint64 free_bytes)
{
  return (JkTestProbe){
    .base = { .look = jk_test_probe_look },
    .facts = { .magic = 0xef53, .device = 1, .free_bytes = free_bytes },
  };
}
