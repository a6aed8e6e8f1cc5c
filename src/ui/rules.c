/* Rules: queries whose articles are left out, read already, or lit; with how many meet each. */
#include "base/message.h"
#include "ui/lists.h"
#include "ui/plain.h"
#include "ui/pointing.h"
#include "ui/rules.h"
#include "ui/scroll.h"
#include "ui/smart_form.h"
#include "ui/view.h"
#include "ui/wrap.h"

#include <stdlib.h>
#include <time.h>

enum { UNKNOWN = -1, WRONG = -2 };

struct rule {
	char *name, *query;
	enum store_smart_kind kind;
	int64_t id;   /* 0: of khabar.conf, */
	size_t place; /* where it is this one */
	long met;     /* articles; UNKNOWN: not counted yet; WRONG: the query cannot be read */
};

struct rules_view {
	struct view view;
	struct scroll scroll;
	struct rule *items;
	size_t count;
	unsigned long changes; /* of the store that it knows of */
	size_t counted;        /* rules that have been counted */
};

static const struct {
	const char *name; /* in the list */
	const char *text; /* on the status line, when it becomes this */
	enum store_smart_kind next;
} kinds[] = {
	/* TRANSLATORS: what a rule does to articles; "light": shows them in colour. */
	[STORE_SMART_DROP] = {N_("leave out"), N_("What meets it will not be stored"),
		STORE_SMART_READ},
	[STORE_SMART_READ] = {N_("mark read"), N_("What meets it will be stored as read"),
		STORE_SMART_HIGHLIGHT},
	[STORE_SMART_HIGHLIGHT] = {N_("light"), N_("What meets it is lit in lists"),
		STORE_SMART_DROP},
};

/* ---- what there is ---- */

static void free_rules(struct rules_view *v)
{
	for (size_t i = 0; i < v->count; i++) {
		free(v->items[i].name);
		free(v->items[i].query);
	}
	free(v->items);
	v->items = NULL;
	v->count = v->counted = 0;
}

static void add(struct rules_view *v, const char *name, const char *query, struct rule rule)
{
	rule.name = str_dup(str_of(name));
	rule.query = str_dup(str_of(query));
	rule.met = UNKNOWN;
	v->items[v->count++] = rule;
}

static bool is_whole(const struct rules_view *v)
{
	bool whole = v->items != NULL;
	for (size_t i = 0; i < v->count; i++)
		whole = whole && v->items[i].name && v->items[i].query;
	return whole;
}

static void take_all(struct rules_view *v, const struct config_lists *file,
	const struct store_smart_lists *own)
{
	static const enum store_smart_kind of_file[] = {[CONFIG_LIST] = STORE_SMART_LIST,
		[CONFIG_DROP] = STORE_SMART_DROP,
		[CONFIG_READ] = STORE_SMART_READ,
		[CONFIG_HIGHLIGHT] = STORE_SMART_HIGHLIGHT};
	for (size_t i = 0; file && i < file->count; i++) {
		const struct config_list *it = &file->items[i];
		if (it->kind != CONFIG_LIST)
			add(v, it->name, it->query,
				(struct rule){.kind = of_file[it->kind], .place = i});
	}
	for (size_t i = 0; i < own->count; i++) {
		const struct store_smart_list *it = &own->items[i];
		if (it->kind != STORE_SMART_LIST)
			add(v, it->name, it->query, (struct rule){.kind = it->kind, .id = it->id});
	}
}

static void refresh(struct view *view, struct ui *ui)
{
	struct rules_view *v = (struct rules_view *)view;
	const struct config_lists *file = ui->options->lists;
	struct store_smart_lists own;
	struct error error;
	v->changes = ui->changes;
	if (store_smart_lists(ui->store, &own, &error) < 0) {
		ui_error(ui, &error);
		return;
	}
	free_rules(v);
	v->items = calloc((file ? file->count : 0) + own.count + 1, sizeof *v->items);
	if (v->items)
		take_all(v, file, &own);
	store_smart_lists_free(&own);
	if (!is_whole(v)) {
		free_rules(v);
		ui_say(ui, "%s", _("Out of memory"));
	}
	v->scroll.count = (long)v->count;
	scroll_fit(&v->scroll, ui_area(ui).rows);
}

/* One at a time, while no key is pressed. */
static bool has_work(const struct view *view)
{
	const struct rules_view *v = (const struct rules_view *)view;
	return v->counted < v->count;
}

static void work(struct view *view, struct ui *ui)
{
	struct rules_view *v = (struct rules_view *)view;
	struct rule *rule = &v->items[v->counted++];
	const struct query_context context = {.now = (int64_t)time(NULL)};
	struct query_error reason;
	struct error error;
	struct query *query = query_parse(str_of(rule->query), &context, &reason);
	rule->met = query ? smart_lists_met(ui->store, query, &error) : WRONG;
	query_free(query);
}

/* ---- drawing ---- */

static void write_met(const struct rule *rule, struct buffer *out)
{
	if (rule->met == WRONG)
		buffer_byte(out, '!');
	else if (rule->met != UNKNOWN)
		buffer_printf(out, "%ld%s", rule->met, rule->met >= LISTS_COUNTED ? "+" : "");
}

/* A field of the row; mirrored where the interface is. */
static void put(struct canvas *canvas, struct rect row, int column, int cells, struct str text,
	const struct field *field)
{
	canvas_text(canvas, row.row, canvas_mirror(canvas, row, column, cells), cells, text, field);
}

static void draw_rule(struct canvas *canvas, struct rect row, const struct rule *rule)
{
	enum { COUNT_CELLS = 6, KIND_CELLS = 10, GAP = 2, ROOM_FOR_NAME = 60 };
	struct buffer met = {0};
	int column = row.column, end = row.column + row.columns;
	write_met(rule, &met);
	struct field field = {.direction = TEXT_LTR, .align = ALIGN_END,
		.style = rule->met == WRONG ? ROLE_ERROR : ROLE_COUNT};
	put(canvas, row, column, COUNT_CELLS, buffer_view(&met), &field);
	buffer_free(&met);
	column += COUNT_CELLS + GAP;
	field = (struct field){.align = ALIGN_START, .style = ROLE_KEY};
	put(canvas, row, column, KIND_CELLS, str_of(_(kinds[rule->kind].name)), &field);
	column += KIND_CELLS + GAP;
	if (row.columns >= ROOM_FOR_NAME) {
		int cells = (end - column) / 3;
		field = (struct field){
			.align = ALIGN_START, .style = rule->id == 0 ? ROLE_META : ROLE_NORMAL};
		put(canvas, row, column, cells, str_of(rule->name), &field);
		column += cells + GAP;
	}
	field = (struct field){.align = ALIGN_START};
	if (column < end)
		put(canvas, row, column, end - column, str_of(rule->query), &field);
}

static void draw_plain(
	struct canvas *canvas, struct rect area, const struct rule *rule, bool selected)
{
	struct plain_row out = plain_start(canvas, area, selected);
	struct buffer met = {0};
	struct field field = {.style = ROLE_KEY};
	plain_word(&out, str_of(_(kinds[rule->kind].name)), &field);
	field.style = ROLE_NORMAL;
	plain_item(&out, str_of(rule->name), &field);
	plain_item(&out, str_of(rule->query), &field);
	field.style = rule->met == WRONG ? ROLE_ERROR : ROLE_COUNT;
	write_met(rule, &met);
	plain_item(&out, rule->met == WRONG ? str_of(_("wrong")) : buffer_view(&met), &field);
	buffer_free(&met);
}

static void draw_nothing(
	struct view *view, struct ui *ui, struct canvas *canvas, struct rect area)
{
	struct buffer key = {0}, text = {0};
	ui_key(ui, view, ACTION_NEW, &key);
	buffer_printf(&text, _("No rules yet: %s makes one. What meets its query is left out, read "
			       "already, or lit in lists."),
		key.data ? key.data : "");
	struct rect inside = {area.row, area.column + 1, area.rows, area.columns - 2};
	if (inside.columns > 0)
		wrap_words(canvas, inside, area.rows / 3, buffer_view(&text), ROLE_META);
	buffer_free(&key);
	buffer_free(&text);
}

static void draw(struct view *view, struct ui *ui, struct canvas *canvas, struct rect area)
{
	struct rules_view *v = (struct rules_view *)view;
	if (v->changes != ui->changes)
		refresh(view, ui);
	if (v->count == 0) {
		draw_nothing(view, ui, canvas, area);
		return;
	}
	scroll_fit(&v->scroll, area.rows);
	for (int i = 0; i < area.rows && v->scroll.top + i < v->scroll.count; i++) {
		long at = v->scroll.top + i;
		struct rect row = {area.row + i, area.column, 1, area.columns};
		if (ui->look.plain)
			draw_plain(canvas, row, &v->items[at], at == v->scroll.selected);
		else
			draw_rule(canvas, row, &v->items[at]);
		if (at == v->scroll.selected)
			canvas_overlay(canvas, row, STYLE_SELECTED);
	}
}

static void title(struct view *view, struct ui *ui, struct buffer *out)
{
	(void)view, (void)ui;
	buffer_str(out, str_of(_("Rules")));
}

static void status(struct view *view, struct ui *ui, struct buffer *out)
{
	const struct rules_view *v = (const struct rules_view *)view;
	(void)ui;
	if (v->count > 0)
		buffer_printf(out, "%ld/%zu", v->scroll.selected + 1, v->count);
}

/* ---- changing ---- */

static void edit(struct ui *ui, const struct rule *rule)
{
	const struct smart_draft draft = {
		rule->id, str_of(rule->name), str_of(rule->query), rule->kind};
	smart_form_open(ui, &draft);
}

static void turn(struct ui *ui, const struct rule *rule)
{
	struct error error;
	enum store_smart_kind next = kinds[rule->kind].next;
	if (store_smart_list_edit(ui->store, rule->id, str_of(rule->name), str_of(rule->query), next,
		    &error) < 0)
		ui_error(ui, &error);
	else
		ui_say(ui, "%s", _(kinds[next].text));
	smart_form_changed(ui);
}

static void remove_rule(struct ui *ui, const struct rule *rule)
{
	struct error error;
	if (!ui_confirm(ui, ACTION_REMOVE, _("Remove this rule?")))
		return;
	if (store_smart_list_remove(ui->store, rule->id, &error) < 0)
		ui_error(ui, &error);
	else
		ui_say(ui, "%s", _("Removed"));
	smart_form_changed(ui);
}

static void move(struct rules_view *v, struct ui *ui, const struct rule *rule, bool down)
{
	struct error error;
	int64_t id = rule->id;
	if (store_smart_list_move(ui->store, id, down, &error) < 0)
		ui_error(ui, &error);
	refresh(&v->view, ui);
	for (size_t i = 0; i < v->count; i++) {
		if (v->items[i].id == id)
			v->scroll.selected = (long)i;
	}
}

static bool act_on(struct rules_view *v, struct ui *ui, enum action action)
{
	const struct rule *rule = &v->items[v->scroll.selected];
	bool known = action == ACTION_OPEN || action == ACTION_EDIT || action == ACTION_CHANGE ||
		     action == ACTION_REMOVE || action == ACTION_MOVE_UP ||
		     action == ACTION_MOVE_DOWN;
	if (known && rule->id == 0)
		smart_form_refuse(ui, rule->place);
	else if (action == ACTION_OPEN || action == ACTION_EDIT)
		edit(ui, rule);
	else if (action == ACTION_CHANGE)
		turn(ui, rule);
	else if (action == ACTION_REMOVE)
		remove_rule(ui, rule);
	else if (known)
		move(v, ui, rule, action == ACTION_MOVE_DOWN);
	return known;
}

static bool act(struct view *view, struct ui *ui, enum action action)
{
	struct rules_view *v = (struct rules_view *)view;
	if (scroll_act(&v->scroll, action, ui_area(ui).rows))
		return true;
	if (action == ACTION_NEW) {
		smart_form_open(ui, &(struct smart_draft){.kind = STORE_SMART_DROP});
		return true;
	}
	return v->count > 0 && act_on(v, ui, action);
}

static bool mouse(struct view *view, struct ui *ui, const struct mouse_event *event)
{
	struct rules_view *v = (struct rules_view *)view;
	return v->count > 0 && pointing_list(
		ui, &v->scroll, event, ui_area(ui), 1, ACTION_OPEN);
}

static void close_view(struct view *view, struct ui *ui)
{
	(void)ui;
	free_rules((struct rules_view *)view);
	free(view);
}

static const struct view_kind RULES_VIEW = {
	.keys = IN_RULES,
	.opens = N_("edit"),
	.title = title,
	.status = status,
	.draw = draw,
	.act = act,
	.mouse = mouse,
	.refresh = refresh,
	.has_work = has_work,
	.work = work,
	.close = close_view,
};

void rules_view_open(struct ui *ui)
{
	struct rules_view *v = calloc(1, sizeof *v);
	if (!v) {
		ui_say(ui, "%s", _("Out of memory"));
		return;
	}
	v->view.kind = &RULES_VIEW;
	refresh(&v->view, ui);
	ui_push(ui, &v->view);
}
