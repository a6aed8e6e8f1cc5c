/*
 * The one question to the reader: which line reads right?  One sentence in each mode, each
 * number on a row of its own (within the row it would be dragged along by the reordering).
 * What is drawn on the canvas, what a key means; knows no terminal.
 */
#ifndef KHABAR_SCREEN_CALIBRATE_H
#define KHABAR_SCREEN_CALIBRATE_H

#include "screen/canvas.h"
#include "screen/encode.h"

enum { CALIBRATE_ROWS = 16 };

/* The language of messages by the environment: LC_ALL, LC_MESSAGES, LANG; "" for none. */
const char *calibrate_language(void);

/* The sentence for a language: "he", "fa_IR.UTF-8", ...; Arabic where there is none. */
struct str calibrate_sentence(const char *language);

/* Draws; modes[row] is how that row is to be sent. */
void calibrate_draw(
	struct canvas *canvas, const char *language, enum encode_mode modes[CALIBRATE_ROWS]);

/* True when the key chooses a mode: 1 to 5; 0, none reads right, is logical. */
bool calibrate_choice(uint32_t key, enum encode_mode *mode);

#endif
