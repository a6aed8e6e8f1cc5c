#include "ui/beside.h"
#include "ui/commands.h"
#include "ui/deeds.h"
#include "ui/downloading.h"
#include "ui/fulltext.h"
#include "ui/keymap.h"
#include "ui/messages.h"
#include "ui/plain.h"
#include "ui/pointing.h"
#include "ui/prompt.h"
#include "ui/search.h"
#include "ui/seeking.h"
#include "ui/session.h"
#include "ui/view.h"
#include "ui/words.h"

#include "base/message.h"
#include "base/utf8.h"
#include "locale/language.h"
#include "ui/dating.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BARS = 2 }; /* rows that are not the view's: title bar, status line */

struct rect ui_area(const struct ui *ui)
{
	const struct canvas *canvas = screen_canvas(ui->screen);
	int rows = canvas_rows(canvas) - BARS;
	return (struct rect){1, 0, rows > 0 ? rows : 0, canvas_columns(canvas)};
}

static struct view *top_view(const struct ui *ui)
{
	return ui->depth > 0 ? ui->stack[ui->depth - 1] : NULL;
}

struct view *ui_below(struct ui *ui, const struct view *view)
{
	size_t i = ui->depth;
	while (i > 0 && ui->stack[i - 1] != view)
		i--;
	if (i > 0) /* it is on the stack */
		return i > 1 ? ui->stack[i - 2] : NULL;
	struct view *below = panes_below(ui, view);
	return below ? below : top_view(ui); /* it is about to be pushed, or was just taken off */
}

void ui_say(struct ui *ui, const char *format, ...)
{
	char text[512];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, _(format), args);
	va_end(args);
	buffer_clear(&ui->message);
	buffer_str(&ui->message, str_of(text));
	ui->message_style = ROLE_MESSAGE;
	messages_note(ui);
	ui->said++;
}

void ui_error(struct ui *ui, const struct error *error)
{
	ui_say(ui, "%s", error->message);
	ui->message_style = ROLE_ERROR;
	ui->message_since = 0;
	messages_mark_error(ui);
}

bool ui_confirm(struct ui *ui, enum action action, const char *question)
{
	if (ui->asked == action) {
		ui->asked = ACTION_NONE;
		return true;
	}
	ui_say(ui, N_("%s  Again: yes"), question);
	ui->asked = action;
	return false;
}

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Keys that were typed before an error could be read do not take it away. */
void ui_clear_message(struct ui *ui)
{
	enum { TIME_TO_SEE_MS = 700 };
	bool error = ui->message.len > 0 && ui->message_style == ROLE_ERROR;
	if (!error || (ui->message_since != 0 && now_ms() - ui->message_since > TIME_TO_SEE_MS))
		buffer_clear(&ui->message);
}

void ui_push(struct ui *ui, struct view *view)
{
	if (!view)
		return;
	if (ui->depth == UI_DEPTH) {
		view->kind->close(view, ui);
		return;
	}
	ui->stack[ui->depth++] = view;
	panes_pushed(ui, view);
}

static void refresh(struct ui *ui)
{
	struct view *view = top_view(ui);
	if (view && view->kind->refresh)
		view->kind->refresh(view, ui);
}

static void save(struct ui *ui, struct view *view)
{
	if (view->kind->save)
		view->kind->save(view, ui);
}

void ui_save(struct ui *ui)
{
	for (size_t i = ui->depth; i > 0; i--)
		save(ui, ui->stack[i - 1]);
}

void ui_pop(struct ui *ui)
{
	struct view *view = top_view(ui);
	if (!view)
		return;
	save(ui, view);
	if (ui->depth == 1)
		session_save(ui);
	ui->depth--;
	if (!panes_keep(ui, view))
		view->kind->close(view, ui);
	refresh(ui);
	ui->finished |= ui->depth == 0;
}

/* ---- drawing ---- */

static void draw_bar(struct ui *ui, struct canvas *canvas, struct view *view)
{
	struct buffer name = {0};
	view->kind->title(view, ui, &name);
	int columns = canvas_columns(canvas);
	canvas_fill(canvas, (struct rect){0, 0, 1, columns}, ROLE_BAR);
	struct field field = {.align = ALIGN_START, .style = ROLE_BAR};
	canvas_text(canvas, 0, 1, columns - 2, buffer_view(&name), &field);
	buffer_free(&name);
}

bool ui_key(const struct ui *ui, const struct view *view, enum action action, struct buffer *out)
{
	const struct binding *b = ui->keymap->bindings;
	enum key_view views = view ? view->kind->keys : IN_ALL;
	while (b->action != ACTION_NONE && !(b->action == action && b->views & views))
		b++;
	if (b->action == ACTION_NONE)
		return false;
	key_name(out, b->key);
	return true;
}

/* "? help  q back": the keys that lead on from anywhere. */
static void write_hint(struct ui *ui, struct view *view, struct buffer *out)
{
	const struct {
		enum action action;
		const char *text;
	} hints[] = {/* TRANSLATORS: a word or two that stand behind a key: "? help  q back". */
		{ACTION_HELP, N_("help")}, {ACTION_BACK, ui->depth > 1 ? N_("back") : N_("quit")},
		{ACTION_OPEN, view->kind->opens ? view->kind->opens : N_("open")},
		{ACTION_CHOOSE, N_("choose")}, {ACTION_NEXT_UNREAD, N_("next unread")}};
	for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
		struct buffer key = {0};
		if (ui_key(ui, view, hints[i].action, &key))
			buffer_printf(out, "  %s %s", key.data ? key.data : "", _(hints[i].text));
		buffer_free(&key);
	}
}

/* One text behind the other; an error is told by a word. */
static void draw_plain_status(
	struct ui *ui, struct canvas *canvas, struct rect bar, struct str left, struct str place)
{
	struct plain_row row = {canvas, bar.row, bar.column, bar.column + bar.columns, false};
	struct field field = {.style = ui->message.len > 0 ? ui->message_style : ROLE_STATUS};
	if (field.style == ROLE_ERROR)
		plain_word(&row, str_of(_("Error:")), &field);
	plain_word(&row, left, &field);
	field.style = ROLE_STATUS;
	plain_item(&row, place, &field);
}

/* What is said at the start side, the place at the end side. */
static void draw_both_sides(
	struct ui *ui, struct canvas *canvas, struct rect bar, struct str left, struct str place)
{
	int place_cells = (int)utf8_length(place);
	if (place_cells + 1 >= bar.columns)
		place_cells = 0;
	struct field field = {
		.direction = words_direction(), .align = ALIGN_END, .style = ROLE_STATUS};
	if (place_cells > 0)
		canvas_text(canvas, bar.row,
			canvas_mirror(canvas, bar, bar.columns - place_cells - 1, place_cells),
			place_cells, place, &field);
	field = (struct field){.direction = words_direction(),
		.align = ALIGN_START,
		.style = ui->message.len > 0 ? ui->message_style : ROLE_STATUS};
	int room = bar.columns - 1 - (place_cells > 0 ? place_cells + 2 : 1);
	canvas_text(canvas, bar.row, canvas_mirror(canvas, bar, 1, room), room, left, &field);
}

static void draw_status(struct ui *ui, struct canvas *canvas, struct view *view)
{
	int row = canvas_rows(canvas) - 1, columns = canvas_columns(canvas);
	if (ui->prompt) {
		prompt_draw(ui, canvas, (struct rect){row, 0, 1, columns});
		return;
	}
	struct buffer left = {0}, right = {0};
	if (!ui->look.plain) /* it would be read out again and again */
		fetching_gauge(ui->fetching, &right);
	seeking_gauge(ui, &right);
	fulltext_gauge(ui, &right);
	downloading_gauge(ui, &right);
	if (right.len > 0)
		buffer_str(&right, STR("  "));
	if (view->kind->status)
		view->kind->status(view, ui, &right);
	if (typing_has_begun(&ui->typing)) {
		typing_write(&ui->typing, &left);
		buffer_str(&left, STR("  "));
		buffer_str(&left, str_of(_("Esc: leave it")));
	} else if (ui->message.len > 0)
		buffer_str(&left, buffer_view(&ui->message));
	else
		write_hint(ui, view, &left);
	const struct rect bar = {row, 0, 1, columns};
	canvas_fill(canvas, bar, ROLE_STATUS);
	number_redigit(&right, 0, dates_digits(ui->dates));
	(ui->look.plain ? draw_plain_status : draw_both_sides)(
		ui, canvas, bar, str_trim(buffer_view(&left)), str_trim(buffer_view(&right)));
	buffer_free(&left);
	buffer_free(&right);
}

static void draw(struct ui *ui)
{
	struct canvas *canvas = screen_canvas(ui->screen);
	struct view *view = top_view(ui);
	canvas_clear(canvas, ROLE_NORMAL);
	if (ui->look.plain) /* where the view has no better place */
		canvas_set_cursor(canvas, ui_area(ui).row, ui_area(ui).column, false);
	if (panes_are_shown(ui)) {
		panes_draw(ui, canvas);
	} else {
		view->kind->draw(view, ui, canvas, ui_area(ui));
		draw_bar(ui, canvas, view);
	}
	typing_draw(&ui->typing, ui->keymap, view->kind->keys, canvas, ui_area(ui));
	if (canvas_rows(canvas) > 1)
		draw_status(ui, canvas, view);
}

static void paint(struct ui *ui)
{
	screen_paint(ui->screen);
	if (ui->message.len > 0 && ui->message_since == 0)
		ui->message_since = now_ms();
}

/* ---- events ---- */

/* What the terminal is sent from now on. */
static void say_mode(struct ui *ui)
{
	enum encode_mode mode = screen_mode(ui->screen);
	if (mode == ENCODE_LOGICAL)
		ui_say(ui, "Terminal: logical; for better ones see man khabar-terminals");
	else if (screen_sends(ui->screen) != mode)
		ui_say(ui, "Terminal: %s, sent as %s: no direct colours", encode_mode_name(mode),
			encode_mode_name(screen_sends(ui->screen)));
	else
		ui_say(ui, "Terminal: %s", encode_mode_name(mode));
}

static void turn_mode(struct ui *ui)
{
	enum encode_mode mode = screen_mode(ui->screen);
	screen_set_mode(ui->screen, mode == ENCODE_LOGICAL ? ENCODE_VISUAL : mode + 1);
	say_mode(ui);
}

/* The next way to show marks, in all that is drawn from now on. */
static void turn_marks(struct ui *ui)
{
	static const char *const texts[] = {
		[TEXT_MARKS_SHOW] = N_("Marks: shown"),
		[TEXT_MARKS_HIDE] = N_("Marks: hidden"),
		[TEXT_MARKS_SPARING] = N_("Marks: shown in words with one or two"),
	};
	struct canvas *canvas = screen_canvas(ui->screen);
	enum text_marks marks = canvas_marks(canvas) + 1;
	if (!text_marks_names[marks])
		marks = TEXT_MARKS_SHOW;
	canvas_set_marks(canvas, marks);
	refresh(ui);
	ui_say(ui, "%s", _(texts[marks]));
}

/* What every view does alike; false for the view's own actions. */
static bool act_for_all(struct ui *ui, enum action action)
{
	if (panes_act(ui, action))
		return true;
	switch (action) {
	case ACTION_MESSAGES:
		if (top_view(ui)->kind->act(top_view(ui), ui, action))
			return true; /* its own view: back */
		ui_push(ui, messages_view_new(ui));
		return true;
	case ACTION_QUEUE:
		if (!top_view(ui)->kind->act(top_view(ui), ui, action))
			ui_push(ui, queue_view_new(ui));
		return true;
	case ACTION_QUIT:
		ui->finished = true;
		return true;
	case ACTION_BACK:
		ui_pop(ui);
		return true;
	case ACTION_REDRAW:
		screen_repaint(ui->screen);
		return true;
	case ACTION_RELOAD:
		ui_reload(ui);
		return true;
	case ACTION_BIDI:
		turn_mode(ui);
		return true;
	case ACTION_MARKS:
		turn_marks(ui);
		return true;
	case ACTION_UNDO:
	case ACTION_REDO:
		deeds_turn(ui, action == ACTION_UNDO);
		return true;
	case ACTION_COMMAND:
		commands_ask(ui);
		return true;
	case ACTION_SUSPEND:
		screen_suspend(ui->screen);
		refresh(ui);
		return true;
	default:
		return false;
	}
}

/* Nobody is left alone with a key that does nothing. */
static void say_unbound(struct ui *ui, struct view *view, const struct typing *typed)
{
	struct buffer name = {0};
	struct buffer help = {0};
	typing_write(typed, &name);
	ui_key(ui, view, ACTION_HELP, &help);
	ui_say(ui, "%s does nothing here; %s shows the keys", buffer_view(&name).ptr,
		buffer_view(&help).ptr);
	buffer_free(&name);
	buffer_free(&help);
}

uint32_t ui_eye_key(const struct ui *ui, uint32_t key)
{
	bool rtl = canvas_direction(screen_canvas(ui->screen)) == TEXT_RTL;
	uint32_t modifiers = key & KEY_MODIFIERS, plain = key & ~(uint32_t)KEY_MODIFIERS;
	if (rtl && plain == KEY_CODE_LEFT)
		return KEY_CODE_RIGHT | modifiers;
	return rtl && plain == KEY_CODE_RIGHT ? KEY_CODE_LEFT | modifiers : key;
}

/* The place of a name that the settings know among `names`. */
static int index_of(const char *const *names, const char *name)
{
	int i = 0;
	while (names[i] && strcmp(names[i], name) != 0)
		i++;
	return names[i] ? i : 0;
}

bool ui_perform(struct ui *ui, enum action action)
{
	struct view *view = top_view(ui);
	int64_t changes = store_changes(ui->store);
	/* What is asked for with a command is said again with one. */
	if (action != ui->asked && action != ACTION_COMMAND)
		ui->asked = ACTION_NONE;
	if (view->kind->intercept && view->kind->intercept(view, ui, action))
		return true;
	bool done = act_for_all(ui, action) || view->kind->act(view, ui, action);
	ui->panes.doubt |= store_changes(ui->store) != changes;
	if (done || action != ACTION_HELP)
		return done;
	ui_push(ui, help_view_new(ui, view->kind->keys));
	return true;
}

/* Whether the next of several actions is to be done: not when a text is asked for. */
static bool goes_on(const struct ui *ui)
{
	return !ui->finished && !ui->prompt && ui->depth > 0;
}

/* An action so many times: "5 G" goes to the fifth line or item. */
bool ui_repeat(struct ui *ui, enum action action, long times)
{
	bool done = true;
	bool place = action == ACTION_TOP || action == ACTION_BOTTOM;
	if (times > 0 && place) {
		ui_perform(ui, ACTION_TOP);
		action = ACTION_DOWN;
		times--;
	} else if (times == 0 || !typing_repeats(action)) {
		times = 1;
	}
	for (; times > 0 && goes_on(ui); times--)
		done = ui_perform(ui, action);
	return done;
}

static void handle_key(struct ui *ui, uint32_t key)
{
	struct view *view = top_view(ui);
	struct typed typed;
	if (key & KEY_MODIFIERS && !keymap_knows(ui->keymap, key))
		return;
	ui_clear_message(ui);
	ui->key = key;
	struct typing begun = ui->typing;
	if (begun.count < SEQUENCE_KEYS)
		begun.keys[begun.count++] = key;
	if (!typing_has_begun(&ui->typing) && view->kind->key && view->kind->key(view, ui, key))
		return;
	switch (typing_take(&ui->typing, ui->keymap, ui_eye_key(ui, key), view->kind->keys,
		(enum typing_counts)index_of(
			typing_counts_names, ui->options->config->ui_counts),
		&typed)) {
	case TYPING_DONE:
		for (int i = 0; i < typed.count && goes_on(ui); i++)
			ui_repeat(ui, typed.actions[i], typed.times);
		break;
	case TYPING_UNBOUND:
		ui->asked = ACTION_NONE;
		say_unbound(ui, view, &begun);
		break;
	case TYPING_WAITS:
	case TYPING_LEFT:
		break;
	}
}

static void handle_watched(struct ui *ui, int place)
{
	if (place == FETCHING_WATCH)
		fetching_take(ui->fetching);
	else if (place == SEARCHING_WATCH)
		searching_take(ui);
	else if (place == FETCHING_FULL_WATCH)
		fulltext_take(ui);
	else if (place == PICTURE_WATCH)
		picture_view_take(ui);
	else if (place == DOWNLOADING_WATCH)
		downloading_take(ui);
	else
		seeking_take(ui);
}

/* How long to wait for an event at most, milliseconds; negative: for ever. */
static int patience(const struct ui *ui)
{
	int most = fetching_patience(ui->fetching);
	int previews = panes_patience(ui);
	most = previews >= 0 && (most < 0 || previews < most) ? previews : most;
	int64_t left = ui->wake_at - now_ms();
	if (ui->wake_at == 0 || (most >= 0 && most <= left))
		return most;
	return left > 0 ? (int)left : 0;
}

/* Whether the view did something. */
static bool tick(struct ui *ui)
{
	struct view *view = top_view(ui);
	if (ui->wake_at == 0 || now_ms() < ui->wake_at)
		return false;
	ui->wake_at = 0;
	if (view->kind->tick)
		view->kind->tick(view, ui);
	return true;
}

/* The next event: one that was read ahead, or what the screen has within so many ms. */
static void take_event(struct ui *ui, int milliseconds, struct screen_event *event)
{
	if (ui->has_next)
		*event = ui->next;
	else
		screen_wait(ui->screen, milliseconds, event);
	ui->has_next = false;
}

/* A key that means an action: that of a US keyboard; two letters that come at once may be one. */
static uint32_t physical_key(struct ui *ui, uint32_t key)
{
	enum { AT_ONCE_MS = 4 };
	if (!ui->has_next && layouts_may_join(&ui->layouts, key)) {
		take_event(ui, AT_ONCE_MS, &ui->next);
		ui->has_next = ui->next.kind != SCREEN_TIMEOUT;
		uint32_t both = ui->has_next && ui->next.kind == SCREEN_KEY
					? layouts_joined(key, ui->next.key)
					: 0;
		ui->has_next = ui->has_next && !both;
		key = both ? both : key;
	}
	bool bound = key > 0x7F && keymap_knows(ui->keymap, key);
	uint32_t modifiers = key & KEY_MODIFIERS;
	return bound ? key : layouts_key(&ui->layouts, key & ~modifiers) | modifiers;
}

/* Nothing that the reader did or asked for. */
static bool is_aside(const struct screen_event *event)
{
	return event->kind == SCREEN_TIMEOUT || event->kind == SCREEN_CAUGHT_UP ||
	       (event->kind == SCREEN_WATCHED && event->place == FETCHING_WATCH);
}

/* None of it is a key: a text with line ends would do who knows what. */
static void take_paste(struct ui *ui, struct str text)
{
	if (ui->prompt)
		prompt_paste(ui, text);
	else
		ui_say(ui, "Nothing asks for a text that could be pasted");
}

static void run(struct ui *ui)
{
	bool same = false; /* nothing has changed since the last drawing */
	bool owed = false; /* something has, but the terminal is behind */
	panes_stir(ui, true);
	while (!ui->finished) {
		struct screen_event event;
		unsigned long changes = ui->changes, said = ui->said;
		if (!same)
			draw(ui);
		owed |= !same;
		if (owed && !screen_is_behind(ui->screen)) {
			paint(ui);
			owed = false;
		}
		struct view *view = top_view(ui);
		bool work = !ui->prompt && view->kind->has_work && view->kind->has_work(view);
		take_event(ui, work ? 0 : patience(ui), &event);
		if (work && event.kind == SCREEN_TIMEOUT)
			view->kind->work(view, ui);
		same = false;
		if (event.kind == SCREEN_KEY && ui->prompt)
			prompt_key(ui, event.key);
		else if (event.kind == SCREEN_KEY)
			handle_key(ui, physical_key(ui, event.key));
		else if (event.kind == SCREEN_PASTE)
			take_paste(ui, event.text);
		else if (event.kind == SCREEN_MOUSE)
			pointing_take(ui, &event.mouse);
		else if (event.kind == SCREEN_RESIZE)
			refresh(ui);
		else if (event.kind == SCREEN_DOUBT && screen_calibrate(ui->screen))
			say_mode(ui);
		else if (event.kind == SCREEN_WATCHED)
			handle_watched(ui, event.place);
		else if (event.kind == SCREEN_FINISH)
			ui->finished = true;
		else if (event.kind == SCREEN_TIMEOUT)
			fetching_tick(ui->fetching);
		bool ticked = !ui->finished && tick(ui);
		if (event.kind == SCREEN_KEY || event.kind == SCREEN_RESIZE ||
			event.kind == SCREEN_MOUSE || changes != ui->changes)
			panes_stir(ui, false);
		bool followed = event.kind == SCREEN_TIMEOUT && !ui->finished && panes_follow(ui);
		same = !work && !ticked && !followed && changes == ui->changes &&
		       (event.kind == SCREEN_TIMEOUT || event.kind == SCREEN_CAUGHT_UP);
		/* Plain, what others did is shown with the next key, so that nothing is read twice. */
		same |= ui->look.plain && said == ui->said && !work && !ticked && is_aside(&event);
	}
}

void ui_use_settings(struct ui *ui)
{
	const struct config *config = ui->options->config;
	struct dates *dates = dating_new(config);
	if (dates) {
		dates_free(ui->dates);
		ui->dates = dates;
	}
	layouts_use(&ui->layouts, config->ui_keyboard);
	panes_use_settings(ui);
	struct canvas *canvas = screen_canvas(ui->screen);
	bool plain = strcmp(config->ui_plain, "yes") == 0;
	bool rtl = strcmp(config->ui_direction, "auto") == 0
			   ? locale_is_rtl(message_language())
			   : strcmp(config->ui_direction, "rtl") == 0;
	rtl &= !plain;
	canvas_set_plain(canvas, plain);
	screen_set_mouse(ui->screen, strcmp(config->ui_mouse, "yes") == 0);
	canvas_set_direction(canvas, rtl ? TEXT_RTL : TEXT_LTR);
	canvas_set_marks(canvas, (enum text_marks)index_of(text_marks_names, config->text_marks));
	canvas_set_numerals(
		canvas, (enum text_numerals)index_of(text_numerals_names, config->text_numerals));
	ui->look = (struct ui_look){.width = config->text_width,
		.columns = plain ? 1 : config->text_columns,
		.justify = strcmp(config->text_justify, "yes") == 0 && !plain,
		.focus = strcmp(config->text_focus, "yes") == 0 && !plain,
		.wrap_code = strcmp(config->text_code, "wrap") == 0 || plain,
		.plain = plain,
		.edition = ui->look.edition + 1};
}

static struct screen *open_screen(const struct ui_options *options, struct error *error)
{
	struct screen_options screen_options = {
		.input = STDIN_FILENO,
		.output = STDOUT_FILENO,
		.mode = options->mode,
		.ask = options->ask,
		.links = options->links,
		.hide_misplaced_marks = strcmp(options->config->text_marks, "auto") == 0,
		.memory = options->memory,
		.theme = options->theme,
		.light = options->light,
	};
	return screen_open(&screen_options, error);
}

int ui_run(struct store *store, const struct ui_options *options, struct error *error)
{
	enum { KEY_PATIENCE_MS = 2000, LEAVING_PATIENCE_MS = 5000 };
	struct ui_options own = *options; /* reloading changes them */
	struct ui ui = {.store = store, .options = &own};
	store_set_patience(store, KEY_PATIENCE_MS);
	store_set_cache(store, STORE_READER_CACHE);
	ui.keymap = keymap_of(str_of(options->config->keys));
	if (!ui.keymap)
		return error_set(error, EX_CONFIG,
			"keys: there is no preset \"%s\": see KEYS in man khabar",
			options->config->keys);
	ui.own_keys = options->settings ? own_keys_read(ui.keymap, options->settings, error) : NULL;
	if (options->settings && !ui.own_keys)
		return -1;
	if (ui.own_keys)
		ui.keymap = own_keys_map(ui.own_keys);
	ui.screen = open_screen(options, error);
	if (!ui.screen) {
		own_keys_free(ui.own_keys);
		return -1;
	}
	ui.fetching = fetching_new(&ui);
	ui_use_settings(&ui);
	screen_set_title(ui.screen, STR("khabar"));
	if (ui.dates)
		ui_push(&ui, feeds_view_new(&ui));
	struct error rules;
	ui.highlight = highlight_new(store, options->lists, &rules);
	if (rules.status != 0 && ui.message.len == 0)
		ui_error(&ui, &rules);
	int result = ui.depth > 0 && ui.fetching ? 0 : error_no_memory(error);
	if (result == 0) {
		session_restore(&ui);
		run(&ui);
	}
	/* From the top down, each view with those below still there. */
	buffer_clear(&ui.message);
	store_set_patience(store, LEAVING_PATIENCE_MS);
	ui_save(&ui);
	if (result == 0)
		session_save(&ui);
	prompt_leave(&ui);
	panes_close(&ui);
	while (ui.depth > 0) {
		struct view *view = ui.stack[--ui.depth];
		view->kind->close(view, &ui);
	}
	prompts_free(ui.prompts);
	seeking_stop(&ui);
	fulltext_stop(&ui);
	downloading_stop(&ui);
	fetching_free(ui.fetching);
	highlight_free(ui.highlight);
	messages_free(ui.messages);
	beside_free(ui.beside);
	dates_free(ui.dates);
	screen_close(ui.screen);
	own_keys_free(ui.own_keys);
	if (result == 0 && ui.message.len > 0)
		result = error_set(error, EX_IOERR, "%s", ui.message.data);
	buffer_free(&ui.message);
	return result;
}
