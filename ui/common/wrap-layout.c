/* SPDX-License-Identifier: Apache-2.0 */
/* common/wrap-layout.c: children in as many rows as they need. */
#include "common/wrap-layout.h"

#define GAP 8

struct _JkWrapLayout {
  GtkLayoutManager parent_instance;

  /* Plain */
  gboolean is_even;
};

G_DEFINE_FINAL_TYPE (JkWrapLayout, jk_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

enum {
  PROP_0,
  PROP_EVEN,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* Children that stand in one row. */
typedef struct {
  GtkWidget *first;
  GtkWidget *end; /* the first of the next row; NULL after the last */
  guint n, n_expand;
  int width; /* wanted by them, gaps included */
  int height;
} Row;

static GtkWidget *
skip_hidden (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
get_next (GtkWidget *child)
{
  return skip_hidden (gtk_widget_get_next_sibling (child));
}

static int
measure_widest (GtkWidget *widget)
{
  int widest = 0;

  for (GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget)); child != NULL;
       child = get_next (child)) {
    int natural;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
    widest = MAX (widest, natural);
  }
  return widest;
}

/* How wide even children are where this much room is. */
static int
get_even_width (GtkWidget *widget, int width)
{
  int widest = MAX (measure_widest (widget), 1);
  int columns = MAX ((width + GAP) / (widest + GAP), 1);

  return (width - (columns - 1) * GAP) / columns;
}

/* How wide a child wants to be; even: what all are given, 0 unless they are. */
static int
measure_child (GtkWidget *child, int even, int width)
{
  int natural = even;

  if (even == 0)
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return MIN (natural, width);
}

static Row
take_row (GtkWidget *first, int even, int width)
{
  Row row = { .first = first };
  GtkWidget *child;

  for (child = first; child != NULL; child = get_next (child)) {
    int wanted = measure_child (child, even, width);
    int height;
    if (row.n > 0 && row.width + GAP + wanted > width)
      break;
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, wanted, NULL, &height, NULL, NULL);
    row.width += wanted + (row.n > 0 ? GAP : 0);
    row.height = MAX (row.height, height);
    row.n_expand += gtk_widget_get_hexpand (child);
    row.n++;
  }
  row.end = child;
  return row;
}

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* At most one row, at least one column. */
static void
measure_width (GtkWidget *widget, int *minimum, int *natural)
{
  int n = 0;

  *minimum = *natural = 0;
  for (GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget)); child != NULL;
       child = get_next (child)) {
    int least, wanted;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
    *minimum = MAX (*minimum, least);
    *natural += wanted + (n++ > 0 ? GAP : 0);
  }
}

static void
measure (GtkLayoutManager *manager,
         GtkWidget *widget,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  JkWrapLayout *self = JK_WRAP_LAYOUT (manager);
  int height = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    measure_width (widget, minimum, natural);
    return;
  }
  /* The least height it may ever have: that of one row. */
  if (for_size < 0)
    for_size = G_MAXINT16;
  int even = self->is_even ? get_even_width (widget, for_size) : 0;
  for (GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget)); child != NULL;) {
    Row row = take_row (child, even, for_size);
    height += row.height + (height > 0 ? GAP : 0);
    child = row.end;
  }
  *minimum = *natural = height;
}

static void
allocate_row (const Row *row, int even, int width, int y)
{
  int left = MAX (width - row->width, 0);
  guint n_expand = row->n_expand;
  int x = 0;

  for (GtkWidget *child = row->first; child != row->end; child = get_next (child)) {
    int wanted = measure_child (child, even, width);
    if (gtk_widget_get_hexpand (child)) {
      int more = left / (int) n_expand--;
      left -= more;
      wanted += more;
    }
    gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, wanted, row->height }, -1);
    x += wanted + GAP;
  }
}

static void
allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  JkWrapLayout *self = JK_WRAP_LAYOUT (manager);
  int even = self->is_even ? get_even_width (widget, width) : 0;
  int y = 0;

  for (GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget)); child != NULL;) {
    Row row = take_row (child, even, width);
    /* One row has all the height there is, so that its children can be centred in it. */
    if (y == 0 && row.end == NULL)
      row.height = MAX (row.height, height);
    allocate_row (&row, even, width, y);
    y += row.height + GAP;
    child = row.end;
  }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  JkWrapLayout *self = JK_WRAP_LAYOUT (object);

  if (id == PROP_EVEN)
    self->is_even = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
jk_wrap_layout_class_init (JkWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = set_property;
  manager_class->get_request_mode = get_request_mode;
  manager_class->measure = measure;
  manager_class->allocate = allocate;
  props[PROP_EVEN] =
      g_param_spec_boolean ("even",
                            NULL,
                            NULL,
                            FALSE,
                            G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
}

static void
jk_wrap_layout_init (JkWrapLayout *self)
{
}

GtkLayoutManager *
jk_wrap_layout_new (gboolean is_even)
{
  return g_object_new (JK_TYPE_WRAP_LAYOUT, "even", is_even, NULL);
}
