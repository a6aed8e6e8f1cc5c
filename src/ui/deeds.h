/* What is done to articles from several views: undoing, tags. */
#ifndef KHABAR_UI_DEEDS_H
#define KHABAR_UI_DEEDS_H

#include <stdbool.h>
#include <stdint.h>

struct ui;

/* Undoes (or with !back redoes) the last action; the status line says what it was. */
void deeds_turn(struct ui *ui, bool back);

/* So many articles were marked read at once: says so, and the key that takes it back. */
void deeds_say_read(struct ui *ui, int64_t changed);

/* Asks for the tags of an article: those it has stand there to be edited. */
void deeds_tag(struct ui *ui, int64_t id);

#endif
