/* SPDX-License-Identifier: Apache-2.0 */
/* ui/scene.h: a page of a desk on the stage, for the tests of pages. */
#pragma once

#include "ui/fake-desk.h"
#include "ui/stage.h"

typedef struct {
  /* Owned */
  JkDesk *desk;
  /* Borrowed */
  GtkWidget *page;
  GtkWindow *window;
} Scene;

static inline void
end (Scene *self)
{
  jk_stage_close (self->window);
  g_object_unref (self->desk);
}
