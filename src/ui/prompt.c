#include "ui/prompt.h"

#include "base/message.h"
#include "config/paths.h"
#include "ui/commands.h"
#include "ui/completing.h"
#include "ui/edit_draw.h"
#include "ui/edit_keys.h"
#include "ui/history.h"
#include "ui/view.h"

#include <stdlib.h>

/* What prompts keep for each other. */
struct prompts {
	struct edit_kills kills;
	struct history *history; /* NULL: not needed yet */
};

struct prompt {
	struct prompt_options options;
	struct edit *edit;
	int shown; /* for edit_draw() */
	struct rect drawn; /* where it did */
	/* Going through the history: the text that was typed, how far back; 0: that text. */
	char *typed;
	size_t back;
	/* Completing: the words and the row of them, and the text before. */
	struct completions completions;
	bool completing;
	char *uncompleted;
	size_t uncompleted_cursor;
};

static const struct {
	const char *history; /* its name in the file; NULL: none is kept */
	completing *complete;
} KINDS[] = {
	[PROMPT_OTHER] = {NULL, NULL},
	[PROMPT_SEARCH] = {"search", completing_query},
	[PROMPT_FIND] = {"find", NULL},
	[PROMPT_QUERY] = {"query", completing_query},
	[PROMPT_ADDRESS] = {"address", NULL},
	[PROMPT_TAGS] = {"tags", completing_tags},
	[PROMPT_FOLDER] = {"folder", completing_folder},
	[PROMPT_PROGRAM] = {"program", NULL},
	[PROMPT_COMMAND] = {"command", completing_command},
};

static struct str text_of(const struct prompt *p)
{
	return edit_text(p->edit);
}

static void stop_completing(struct prompt *p)
{
	completions_free(&p->completions);
	free(p->uncompleted);
	p->uncompleted = NULL;
	p->completing = false;
}

static void forget_walk(struct prompt *p)
{
	free(p->typed);
	p->typed = NULL;
	p->back = 0;
}

static void free_prompt(struct prompt *p)
{
	if (!p)
		return;
	stop_completing(p);
	forget_walk(p);
	edit_free(p->edit);
	free(p);
}

void prompts_free(struct prompts *prompts)
{
	if (!prompts)
		return;
	edit_kills_free(&prompts->kills);
	history_free(prompts->history);
	free(prompts);
}

/* ---- opening and closing ------------------------------------------------------ */

static void close_prompt(struct ui *ui)
{
	free_prompt(ui->prompt);
	ui->prompt = NULL;
}

void prompt_leave(struct ui *ui)
{
	if (!ui->prompt)
		return;
	struct prompt_options options = ui->prompt->options;
	close_prompt(ui);
	if (options.left)
		options.left(ui, options.user);
}

void prompt_open(struct ui *ui, const struct prompt_options *options)
{
	prompt_leave(ui);
	struct text_engine *engine = ui->screen ? canvas_engine(screen_canvas(ui->screen)) : NULL;
	struct prompt *p = calloc(1, sizeof *p);
	if (!ui->prompts)
		ui->prompts = calloc(1, sizeof *ui->prompts);
	if (p)
		p->edit = edit_new(engine, options->takes);
	if (!p || !p->edit || !ui->prompts) {
		free_prompt(p);
		if (options->left)
			options->left(ui, options->user);
		ui_say(ui, "Out of memory");
		return;
	}
	p->options = *options;
	if (options->initial.len > 0)
		edit_set(p->edit, options->initial);
	ui->prompt = p;
}

/* The history, opened when it is first needed; NULL when this kind of prompt has none. */
static struct history *history_of(struct ui *ui, enum prompt_kind kind)
{
	if (!KINDS[kind].history)
		return NULL;
	if (!ui->prompts->history) {
		char *path = paths_history(NULL);
		ui->prompts->history = history_new(path);
		free(path);
	}
	return ui->prompts->history;
}

static void finish(struct ui *ui)
{
	struct prompt *p = ui->prompt;
	struct history *history = history_of(ui, p->options.kind);
	ui->prompt = NULL; /* what is done may open another one */
	if (history)
		history_add(history, KINDS[p->options.kind].history, text_of(p));
	bool done = p->options.done(ui, p->options.user, text_of(p));
	if (!done && !ui->prompt)
		ui->prompt = p;
	else
		free_prompt(p);
}

static void tell_change(struct ui *ui)
{
	struct prompt *p = ui->prompt;
	if (p->options.changed)
		p->options.changed(ui, p->options.user, text_of(p));
}

void prompt_answer(struct ui *ui, struct str text)
{
	edit_set(ui->prompt->edit, text);
	tell_change(ui);
	finish(ui);
}

void prompt_paste(struct ui *ui, struct str text)
{
	struct prompt *p = ui->prompt;
	stop_completing(p);
	forget_walk(p);
	edit_insert(p->edit, text);
	tell_change(ui);
}

void prompt_point(struct ui *ui, int row, int column)
{
	struct prompt *p = ui->prompt;
	if (row != p->drawn.row)
		return;
	stop_completing(p);
	edit_move(p->edit, edit_at(p->edit, screen_canvas(ui->screen), p->drawn, column), false);
}

/* ---- the history ---------------------------------------------------------------- */

static void walk(struct ui *ui, bool back)
{
	struct prompt *p = ui->prompt;
	struct history *history = history_of(ui, p->options.kind);
	if (!history || (!back && p->back == 0))
		return;
	if (!p->typed && !(p->typed = str_dup(text_of(p))))
		return;
	size_t to = back ? p->back + 1 : p->back - 1;
	const char *text = p->typed;
	if (to > 0)
		text = history_find(history, KINDS[p->options.kind].history, str_of(p->typed), to);
	if (!text)
		return;
	p->back = to;
	edit_set(p->edit, str_of(text));
	tell_change(ui);
}

/* ---- completing ------------------------------------------------------------------- */

/* The word that is completed becomes this one. */
static void put_word(struct ui *ui, struct str word, const char *after)
{
	struct prompt *p = ui->prompt;
	struct buffer whole = {0};
	buffer_str(&whole, word);
	buffer_str(&whole, str_of(after));
	if (!whole.failed)
		edit_replace(
			p->edit, p->completions.from, edit_cursor(p->edit), buffer_view(&whole));
	buffer_free(&whole);
	tell_change(ui);
}

/* "feed:" goes on by itself. */
static const char *behind(const struct completions *c)
{
	bool open = str_ends(str_of(c->items[0]), STR(":"));
	return open ? "" : c->after ? c->after : " ";
}

static void begin_completing(struct ui *ui)
{
	struct prompt *p = ui->prompt;
	completing *complete = KINDS[p->options.kind].complete;
	if (!complete || !(p->uncompleted = str_dup(text_of(p))))
		return;
	p->uncompleted_cursor = edit_cursor(p->edit);
	p->completing = true;
	p->completions = (struct completions){.chosen = -1};
	complete(ui, text_of(p), p->uncompleted_cursor, &p->completions);
	struct str common = completions_common(&p->completions);
	size_t typed = p->uncompleted_cursor - p->completions.from;
	if (p->completions.count == 1) {
		put_word(ui, common, behind(&p->completions));
		stop_completing(p);
	} else if (common.len > typed) {
		put_word(ui, common, "");
	}
}

/* The next word, or the one before; behind the last one comes the first. */
static void choose(struct ui *ui, int by)
{
	struct completions *c = &ui->prompt->completions;
	long count = (long)c->count;
	if (count == 0)
		return;
	c->chosen = c->chosen < 0 ? (by > 0 ? 0 : count - 1) : (c->chosen + by + count) % count;
	put_word(ui, str_of(c->items[c->chosen]), "");
}

static void undo_completing(struct ui *ui)
{
	struct prompt *p = ui->prompt;
	edit_set(p->edit, str_of(p->uncompleted));
	edit_move(p->edit, p->uncompleted_cursor, false);
	stop_completing(p);
	tell_change(ui);
}

/* ---- keys --------------------------------------------------------------------------- */

enum {
	CTRL_C = 3,
	CTRL_G = 7,
	TAB = 9,
	NEWLINE = 10,
	ENTER = 13,
	CTRL_N = 14,
	CTRL_P = 16,
	ESCAPE = 27,
	BACKSPACE = 127,
};

const char *prompt_keys_row(size_t index, const uint32_t **keys)
{
	static const struct {
		uint32_t keys[4];
		const char *text;
	} rows[] = {
		{{ENTER}, N_("answer")},
		{{ESCAPE, CTRL_G, CTRL_C}, N_("answer nothing")},
		{{TAB}, N_("complete the word; then: the next one")},
		{{KEY_CODE_BACK_TAB}, N_("the word before in the row")},
		{{KEY_CODE_UP, CTRL_P}, N_("earlier answer that begins like this")},
		{{KEY_CODE_DOWN, CTRL_N}, N_("later answer")},
	};
	enum { OWN = sizeof rows / sizeof *rows };
	if (index >= OWN)
		return edit_keys_row(index - OWN, keys);
	*keys = rows[index].keys;
	return rows[index].text;
}

/* True when the key was one for the row of words. */
static bool complete_key(struct ui *ui, uint32_t key)
{
	struct prompt *p = ui->prompt;
	bool tab = key == TAB || key == KEY_CODE_BACK_TAB;
	if (tab && !p->completing)
		begin_completing(ui);
	else if (tab)
		choose(ui, key == TAB ? 1 : -1);
	else if (p->completing && (key == ESCAPE || key == CTRL_G))
		undo_completing(ui);
	else
		return false;
	return true;
}

static void edit_by_key(struct ui *ui, uint32_t key)
{
	struct prompt *p = ui->prompt;
	enum edit_result result = edit_key(p->edit, &ui->prompts->kills, key);
	if (result != EDIT_CHANGED)
		return;
	forget_walk(p);
	tell_change(ui);
}

static bool leaves(const struct prompt *p, uint32_t key)
{
	return key == ESCAPE || key == CTRL_C || key == CTRL_G ||
	       (key == BACKSPACE && text_of(p).len == 0);
}

void prompt_key(struct ui *ui, uint32_t key)
{
	struct prompt *p = ui->prompt;
	size_t from, to;
	if (complete_key(ui, key))
		return;
	stop_completing(p);
	if (key == ENTER || key == NEWLINE)
		finish(ui);
	else if (key == CTRL_G && edit_selection(p->edit, &from, &to))
		edit_select_nothing(p->edit);
	else if (leaves(p, key))
		prompt_leave(ui);
	else if (key == KEY_CODE_UP || key == CTRL_P)
		walk(ui, true);
	else if (key == KEY_CODE_DOWN || key == CTRL_N)
		walk(ui, false);
	else
		edit_by_key(ui, key);
}

/* ---- drawing -------------------------------------------------------------------------- */

static int cells_of(struct canvas *canvas, struct str text)
{
	struct text_source source = {.text = text};
	struct text_options options = {
		.engine = canvas_engine(canvas), .forms = canvas_forms(canvas)};
	struct text_paragraph *paragraph = text_paragraph_new(&source, &options);
	int width = paragraph ? text_paragraph_width(paragraph) : 0;
	text_paragraph_free(paragraph);
	return width;
}

void prompt_draw(struct ui *ui, struct canvas *canvas, struct rect rect)
{
	enum { MARGIN = 1 };
	struct prompt *p = ui->prompt;
	const struct field field = {.align = ALIGN_START, .style = ROLE_STATUS};
	canvas_fill(canvas, rect, ROLE_STATUS);
	int question = cells_of(canvas, p->options.question);
	if (question > rect.columns / 2)
		question = rect.columns / 2;
	canvas_text(canvas, rect.row, canvas_mirror(canvas, rect, rect.column + MARGIN, question),
		question, p->options.question, &field);
	int column = rect.column + question + 2 * MARGIN;
	int columns = rect.column + rect.columns - MARGIN - column;
	p->drawn = (struct rect){
		rect.row, canvas_mirror(canvas, rect, column, columns), 1, columns};
	edit_draw(p->edit, canvas, p->drawn, ROLE_STATUS, &p->shown);
	if (p->completing && rect.row > 1)
		completions_draw(&p->completions, canvas,
			(struct rect){rect.row - 1, rect.column, 1, rect.columns});
}
