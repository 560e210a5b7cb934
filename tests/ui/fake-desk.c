/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/fake-desk.h"

#include "bank/blob.h"
#include "desk/closing.h"
#include "session/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

G_DEFINE_FINAL_TYPE (JkDesk, jk_desk, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_PAGE,
  PROP_BUSY,
  PROP_SAVE,
  PROP_LEFT,
  PROP_ANSWERED,
  PROP_FLAGGED,
  PROP_POSITION,
};

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JkDesk *self = JK_DESK (object);

  switch (id) {
  case PROP_PAGE:
    g_value_set_uint (value, self->page);
    break;
  case PROP_BUSY:
    g_value_set_boolean (value, self->is_busy);
    break;
  case PROP_SAVE:
    g_value_set_uint (value, self->save);
    break;
  case PROP_LEFT:
    g_value_set_uint64 (value, self->left_s);
    break;
  case PROP_ANSWERED:
    g_value_set_uint (value, self->n_answered);
    break;
  case PROP_FLAGGED:
    g_value_set_uint (value, self->n_flagged);
    break;
  default:
    g_value_set_uint (value, 0);
  }
}

static void
finalize (GObject *object)
{
  JkDesk *self = JK_DESK (object);

  g_clear_object (&self->task);
  g_clear_object (&self->items);
  g_ptr_array_unref (self->blobs);
  g_free (self->papers);
  jk_record_free (self->record);
  jk_test_exam_free (self->exam);
  g_clear_error (&self->refusal);
  g_free (self->typed);
  g_free (self->typed_second);
  G_OBJECT_CLASS (jk_desk_parent_class)->finalize (object);
}

static void
add_uint (GObjectClass *klass, guint id, const char *name)
{
  g_object_class_install_property (
      klass,
      id,
      g_param_spec_uint (name, NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE));
}

static void
add_signal (const char *name, GType type)
{
  g_signal_new (name,
                JK_TYPE_DESK,
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                type == G_TYPE_NONE ? 0 : 1,
                type);
}

static void
jk_desk_class_init (JkDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = get_property;
  object_class->finalize = finalize;
  add_uint (object_class, PROP_PAGE, "page");
  add_uint (object_class, PROP_SAVE, "save");
  add_uint (object_class, PROP_ANSWERED, "answered");
  add_uint (object_class, PROP_FLAGGED, "flagged");
  add_uint (object_class, PROP_POSITION, "position");
  g_object_class_install_property (
      object_class,
      PROP_BUSY,
      g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE));
  g_object_class_install_property (
      object_class,
      PROP_LEFT,
      g_param_spec_uint64 ("left", NULL, NULL, 0, G_MAXUINT64, 0, G_PARAM_READABLE));
  add_signal ("warned", G_TYPE_UINT);
  add_signal ("extended", G_TYPE_UINT);
  add_signal ("message", G_TYPE_STRING);
  add_signal ("resumed", G_TYPE_UINT);
  add_signal ("called", G_TYPE_NONE);
  add_signal ("locked", G_TYPE_NONE);
  add_signal ("faulted", G_TYPE_NONE);
  add_signal ("stick-done", G_TYPE_NONE);
}

static void
jk_desk_init (JkDesk *self)
{
}

static JkBlob *
make_blob (guint n, gboolean is_judge)
{
  static const char *const texts[] = { "甲", "乙", "丙", "丁", NULL };
  static const char *const none[] = { NULL };
  g_autofree char *id = g_strdup_printf ("X-%03u", n);
  g_autoptr (GVariant) value =
      g_variant_ref_sink (g_variant_new ("(ss^asy@a(say))",
                                         id,
                                         "题干",
                                         is_judge ? none : texts,
                                         0,
                                         g_variant_new_array (G_VARIANT_TYPE ("(say)"), NULL, 0)));
  JkBlob *blob = jk_blob_decode (g_variant_get_data (value), g_variant_get_size (value));

  assert_non_null (blob);
  return blob;
}

static void
add_items (JkDesk *self, guint n_items)
{
  self->items = g_list_store_new (JK_TYPE_DESK_ITEM);
  self->blobs = g_ptr_array_new_with_free_func ((GDestroyNotify) jk_blob_free);
  self->papers = g_new0 (JkPaperItem, n_items);
  for (guint n = 0; n < n_items; n++) {
    JkPaperItem *paper = &self->papers[n];
    JkItemType type = JK_ITEM_SINGLE + n % 3;
    gboolean is_judge = type == JK_ITEM_JUDGE;

    *paper =
        (JkPaperItem){ .item = n, .type = type, .n_options = is_judge ? 2 : 4, .half_points = 2 };
    for (guint place = 0; place < G_N_ELEMENTS (paper->order); place++)
      paper->order[place] = place < paper->n_options ? place : 255;
    g_ptr_array_add (self->blobs, make_blob (n, is_judge));
    g_autoptr (JkDeskItem) item = jk_desk_item_new (paper, self->blobs->pdata[n], n);
    g_list_store_append (self->items, item);
  }
}

JkDesk *
jk_fake_desk_new (guint n_items)
{
  JkDesk *self = g_object_new (JK_TYPE_DESK, NULL);
  JkSecret *key = NULL;

  self->exam = jk_test_exam_new ();
  self->record = jk_test_exam_log_in (self->exam, 0, &key);
  jk_secret_free (key);
  self->page = JK_PAGE_ANSWERING;
  self->left_s = 90 * 60;
  self->reason = JK_HAND_IN_VOLUNTARY;
  add_items (self, n_items);
  return self;
}

void
jk_fake_desk_tell (JkDesk *self, const char *property)
{
  g_object_notify (G_OBJECT (self), property);
}

void
jk_fake_desk_set_page (JkDesk *self, JkPage page)
{
  self->page = page;
  jk_fake_desk_tell (self, "page");
}

void
jk_fake_desk_set_left (JkDesk *self, guint64 left_s)
{
  self->left_s = left_s;
  jk_fake_desk_tell (self, "left");
}

void
jk_fake_desk_answer (JkDesk *self, guint position, guint16 mask, gboolean is_flagged)
{
  JkDeskItem *item = jk_desk_get_item (self, position);

  self->n_answered += (mask != 0) - jk_desk_item_is_answered (item);
  self->n_flagged += is_flagged - jk_desk_item_is_flagged (item);
  jk_desk_item_update (item, mask, is_flagged, FALSE);
  jk_fake_desk_tell (self, "answered");
  jk_fake_desk_tell (self, "flagged");
}

void
jk_fake_desk_end_call (JkDesk *self, GQuark domain, int code)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  assert_non_null (task);
  self->is_busy = FALSE;
  jk_fake_desk_tell (self, "busy");
  if (domain != 0)
    g_task_return_new_error (task, domain, code, "as the test wanted");
  else
    g_task_return_boolean (task, TRUE);
}

void
jk_fake_desk_begin_call (JkDesk *self, GAsyncReadyCallback callback, gpointer user_data)
{
  assert_null (self->task);
  self->task = g_task_new (self, NULL, callback, user_data);
  self->is_busy = TRUE;
  jk_fake_desk_tell (self, "busy");
}

gboolean
jk_fake_desk_refuse (JkDesk *self, GError **error)
{
  if (self->refusal == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->refusal));
  return FALSE;
}

JkPage
jk_desk_get_page (JkDesk *self)
{
  return self->page;
}

gboolean
jk_desk_is_busy (JkDesk *self)
{
  return self->is_busy;
}

JkSave
jk_desk_get_save (JkDesk *self)
{
  return self->save;
}

gint64
jk_desk_get_saved_wall_ms (JkDesk *self)
{
  return self->saved_wall_ms;
}

guint64
jk_desk_get_left_s (JkDesk *self)
{
  return self->left_s;
}

guint
jk_desk_get_n_answered (JkDesk *self)
{
  return self->n_answered;
}

guint
jk_desk_get_n_flagged (JkDesk *self)
{
  return self->n_flagged;
}

guint
jk_desk_get_position (JkDesk *self)
{
  return 0;
}

const char *
jk_desk_get_label (JkDesk *self)
{
  return "07";
}

const JkSession *
jk_desk_get_session (JkDesk *self)
{
  return jk_test_exam_get_session (self->exam, 0);
}

const JkPerson *
jk_desk_get_person (JkDesk *self)
{
  return jk_record_get_person (self->record);
}

GListModel *
jk_desk_get_items (JkDesk *self)
{
  return G_LIST_MODEL (self->items);
}

JkDeskItem *
jk_desk_get_item (JkDesk *self, guint position)
{
  g_autoptr (JkDeskItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  return item; /* the list keeps it */
}

guint64
jk_desk_get_hand_in_opens_ms (JkDesk *self)
{
  return self->hand_in_opens_ms;
}

gboolean
jk_desk_needs_consent (JkDesk *self)
{
  return self->needs_consent;
}

void
jk_desk_hand_in_async (JkDesk *self, GAsyncReadyCallback callback, gpointer user_data)
{
  self->n_hand_ins++;
  jk_fake_desk_begin_call (self, callback, user_data);
}

void
jk_desk_verify_async (JkDesk *self,
                      const char *id_number,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  self->n_verified++;
  g_free (self->typed);
  self->typed = g_strdup (id_number);
  jk_fake_desk_begin_call (self, callback, user_data);
}

gboolean
jk_desk_finish (JkDesk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
jk_desk_continue (JkDesk *self, GError **error)
{
  self->n_continued++;
  return jk_fake_desk_refuse (self, error);
}

void
jk_desk_call_proctor (JkDesk *self, gboolean raised)
{
  self->is_calling = raised;
  g_signal_emit_by_name (self, "called");
}

gboolean
jk_desk_is_calling (JkDesk *self)
{
  return self->is_calling;
}

gboolean
jk_desk_is_copied (JkDesk *self)
{
  return self->is_copied;
}

gboolean
jk_desk_is_wiped (JkDesk *self)
{
  return self->is_wiped;
}

char *
jk_desk_dup_receipt (JkDesk *self)
{
  return g_strdup (self->receipt);
}

char *
jk_desk_dup_receipt_qr (JkDesk *self)
{
  return g_strdup (self->receipt_qr);
}

JkHandInReason
jk_desk_get_hand_in_reason (JkDesk *self)
{
  return self->reason;
}
