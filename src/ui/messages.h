/* Past messages of the status line, with their times: nothing that was said is lost to the next
 * key. */
#ifndef KHABAR_UI_MESSAGES_H
#define KHABAR_UI_MESSAGES_H

struct ui;
struct view;

enum { MESSAGES_MOST = 200 /* the latest that are kept */ };

struct messages;

/* Keeps what stands on the status line now; the same again only moves its time. */
void messages_note(struct ui *ui);
/* The one that was kept last is an error. */
void messages_mark_error(struct ui *ui);
void messages_free(struct messages *messages); /* NULL is fine */

/* A view of them, the latest last; errors have a mark, too.  NULL when out of memory. */
struct view *messages_view_new(struct ui *ui);

#endif
