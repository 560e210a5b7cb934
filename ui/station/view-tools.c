/* SPDX-License-Identifier: Apache-2.0 */
/* station/view-tools.c: how the page is shown. */
#include "station/view-tools.h"

#include "common/children.h"
#include "common/wrap-layout.h"
#include "station/scheme-button.h"

struct _JkViewTools {
  GtkWidget parent_instance;

  /* Of the template */
  GtkWidget *language, *screen_reader;
};

G_DEFINE_FINAL_TYPE (JkViewTools, jk_view_tools, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_ENTRY,
};

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ENTRY)
    g_value_set_boolean (value, gtk_widget_get_visible (JK_VIEW_TOOLS (object)->language));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  JkViewTools *self = JK_VIEW_TOOLS (object);

  if (id == PROP_ENTRY) {
    gtk_widget_set_visible (self->language, g_value_get_boolean (value));
    gtk_widget_set_visible (self->screen_reader, g_value_get_boolean (value));
  } else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JK_TYPE_VIEW_TOOLS);
  jk_children_drop (GTK_WIDGET (object));
  G_OBJECT_CLASS (jk_view_tools_parent_class)->dispose (object);
}

static void
jk_view_tools_class_init (JkViewToolsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->dispose = dispose;
  g_object_class_install_property (
      object_class,
      PROP_ENTRY,
      g_param_spec_boolean ("entry",
                            NULL,
                            NULL,
                            FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  g_type_ensure (JK_TYPE_SCHEME_BUTTON);
  g_type_ensure (JK_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/station/view-tools.ui");
  gtk_widget_class_bind_template_child (widget_class, JkViewTools, language);
  gtk_widget_class_bind_template_child (widget_class, JkViewTools, screen_reader);
}

static void
jk_view_tools_init (JkViewTools *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
