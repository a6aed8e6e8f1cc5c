#include "command/progress.h"

#include "base/message.h"
#include "base/utf8.h"
#include "command/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	WORD_COLUMNS = 12, /* "1234 new" */
	WORD_BYTES = 64,
	BAR_COLUMNS = 20,
	COUNT_COLUMNS = 13, /* "12345/12345" */
	GAP = 1,
};

struct progress {
	struct output *out;
	struct canvas *sheet; /* one row; NULL: lines of text */
	bool bar;             /* there is one below the lines */
	bool drawn;           /* it stands there now */
	bool due;             /* only feeds whose time has come */
	int64_t later;        /* feeds put off */
	long long pages, failed_pages; /* full texts that came, or did not */
};

static bool can_draw(const struct output *out)
{
	const char *kind = getenv("TERM");
	return isatty(out->fd) && kind && *kind && strcmp(kind, "dumb") != 0;
}

struct progress *progress_new(const struct command_call *call, bool due, struct error *error)
{
	int format = PRINT_AUTO;
	if (settings_format(call, &format, error))
		return NULL;
	struct progress *progress = calloc(1, sizeof *progress);
	if (!progress) {
		error_no_memory(error);
		return NULL;
	}
	progress->out = call->out;
	progress->due = due;
	progress->bar = can_draw(call->out);
	if (format != PRINT_VISUAL)
		return progress;
	print_as_seen(call->out);
	/* The last column stays free: some terminals go to the next line from there. */
	int columns = print_width(0, call->out->fd) - 1;
	progress->sheet = canvas_new(1, columns > 0 ? columns : 1);
	if (progress->sheet)
		return progress;
	error_no_memory(error);
	free(progress);
	return NULL;
}

void progress_free(struct progress *progress)
{
	if (!progress)
		return;
	canvas_free(progress->sheet);
	free(progress);
}

/* ---- rows ------------------------------------------------------------------------- */

/* One field from *column on, if there is room for it. */
static int draw_at(struct canvas *sheet, int *column, int columns, struct str text,
	enum text_direction direction, enum align align)
{
	const struct field field = {.direction = direction, .align = align};
	int room = canvas_columns(sheet) - *column;
	columns = columns < room ? columns : room;
	if (columns <= 0)
		return 0;
	int result = canvas_text(sheet, 0, *column, columns, text, &field);
	*column += columns + GAP;
	return result < 0 ? -1 : 0;
}

static int draw(struct canvas *sheet, int *column, int columns, struct str text,
	enum text_direction direction)
{
	return draw_at(sheet, column, columns, text, direction, ALIGN_LEFT);
}

/* A line of its own, whole also where it is wider than the terminal; takes the text. */
static int tell_line(struct progress *p, struct buffer *text, struct error *error)
{
	int column = 0, columns = (int)utf8_length(buffer_view(text));
	struct canvas *sheet = p->sheet ? canvas_new(1, columns > 0 ? columns : 1) : NULL;
	bool drawn = sheet && draw(sheet, &column, columns, buffer_view(text), TEXT_AUTO) == 0;
	bool failed = text->failed || (p->sheet && !drawn);
	if (drawn) {
		print_row(&p->out->pending, sheet);
	} else {
		buffer_str(&p->out->pending, buffer_view(text));
		buffer_byte(&p->out->pending, '\n');
	}
	canvas_free(sheet);
	buffer_free(text);
	return failed ? error_no_memory(error) : 0;
}

/* What became of the feed, its title, and why: each a paragraph of its own. */
static int visual_line(
	struct progress *p, const char *word, const struct fetch_event *event, struct error *error)
{
	struct canvas *sheet = p->sheet;
	int column = 0, left = canvas_columns(sheet) - WORD_COLUMNS - GAP;
	int title = *event->message ? left / 3 : left;
	canvas_clear(sheet, ROLE_NORMAL);
	if (draw_at(sheet, &column, WORD_COLUMNS, str_of(word), TEXT_AUTO, ALIGN_RIGHT) ||
		draw(sheet, &column, title, str_of(event->title), TEXT_AUTO) ||
		draw(sheet, &column, left, str_of(event->message), TEXT_AUTO))
		return error_no_memory(error);
	print_row(&p->out->pending, sheet);
	return 0;
}

static void text_line(struct buffer *out, const char *word, const struct fetch_event *event)
{
	int cells = (int)utf8_length(str_of(word));
	buffer_repeat(out, STR(" "), cells < WORD_COLUMNS ? (size_t)(WORD_COLUMNS - cells) : 0);
	buffer_printf(out, "%s  ", word);
	output_field(out, str_of(event->title));
	if (*event->message) {
		buffer_str(out, STR(": "));
		output_field(out, str_of(event->message));
	}
	buffer_byte(out, '\n');
}

static void word_of(const struct fetch_event *event, char word[WORD_BYTES])
{
	static const char *const words[] = {
		[FETCH_NEW] = "",
		/* TRANSLATORS: what became of a feed, at most 12 cells. */
		[FETCH_SAME] = N_("note"),
		[FETCH_FAILED] = N_("failed"),
		[FETCH_STOPPED] = N_("gone"),
		[FETCH_LATER] = N_("later"),
	};
	if (event->outcome != FETCH_NEW)
		snprintf(word, WORD_BYTES, "%s", _(words[event->outcome]));
	else if (event->added > 0)
		snprintf(word, WORD_BYTES,
			ngettext("%lld new", "%lld new", (unsigned long)event->added),
			(long long)event->added);
	else
		snprintf(word, WORD_BYTES,
			ngettext("%lld changed", "%lld changed", (unsigned long)event->updated),
			(long long)event->updated);
}

/* ---- the bar ----------------------------------------------------------------------- */

static void wipe_bar(struct progress *p)
{
	if (p->drawn)
		buffer_str(&p->out->pending, STR("\r\033[K"));
	p->drawn = false;
}

/* The bar itself is ASCII: every font has it, and no terminal reorders it. */
static void fill_bar(const struct fetch_event *event, char bar[BAR_COLUMNS + 1])
{
	int64_t feeds = event->feeds > 0 ? event->feeds : 1;
	int full = (int)(event->done * (BAR_COLUMNS - 2) / feeds);
	for (int i = 0; i < BAR_COLUMNS; i++)
		bar[i] = i == 0 ? '[' : i == BAR_COLUMNS - 1 ? ']' : i <= full ? '#' : '.';
	bar[BAR_COLUMNS] = '\0';
}

static int draw_bar(struct progress *p, const struct fetch_event *event, struct error *error)
{
	char bar[BAR_COLUMNS + 1], count[48];
	struct buffer row = {0};
	if (!p->bar)
		return 0;
	fill_bar(event, bar);
	snprintf(count, sizeof count, "%lld/%lld", (long long)event->done, (long long)event->feeds);
	if (p->sheet) {
		int column = 0;
		canvas_clear(p->sheet, ROLE_NORMAL);
		if (draw(p->sheet, &column, BAR_COLUMNS, str_of(bar), TEXT_LTR) ||
			draw(p->sheet, &column, COUNT_COLUMNS, str_of(count), TEXT_LTR) ||
			draw(p->sheet, &column, canvas_columns(p->sheet), str_of(event->title),
				TEXT_AUTO))
			return error_no_memory(error);
		print_row(&row, p->sheet);
	} else {
		buffer_printf(&row, "%s %s\n", bar, count);
	}
	wipe_bar(p);
	buffer_str(&p->out->pending, str_slice(buffer_view(&row), 0, row.len ? row.len - 1 : 0));
	p->out->pending.failed |= row.failed;
	buffer_free(&row);
	p->drawn = true;
	return 0;
}

/* ---- events ------------------------------------------------------------------------- */

static int tell_feed(struct progress *p, const struct fetch_event *event, struct error *error)
{
	char word[WORD_BYTES];
	p->later += event->outcome == FETCH_LATER;
	if (event->outcome != FETCH_SAME || *event->message) {
		word_of(event, word);
		wipe_bar(p);
		if (!p->sheet)
			text_line(&p->out->pending, word, event);
		else if (visual_line(p, word, event, error))
			return -1;
	}
	return draw_bar(p, event, error);
}

static int tell_nothing(struct progress *p, struct error *error)
{
	struct buffer text = {0};
	if (!p->due)
		buffer_str(&text,
			str_of(_("There are no feeds to fetch: subscribe with khabar add URL, "
				 "or to feeds to begin with by khabar import --starter")));
	else if (p->bar)
		buffer_str(&text, str_of(_("No feed is due")));
	else
		return 0;
	return tell_line(p, &text, error);
}

static int tell_end(struct progress *p, const struct fetch_event *event, struct error *error)
{
	struct buffer text = {0};
	unsigned long n = (unsigned long)event->feeds;
	wipe_bar(p);
	if (event->feeds == 0)
		return tell_nothing(p, error);
	if (p->later > 0)
		buffer_printf(&text,
			ngettext("%lld feed: %lld new, %lld changed, %lld failed, %lld later",
				"%lld feeds: %lld new, %lld changed, %lld failed, %lld later", n),
			(long long)event->feeds, (long long)event->added, (long long)event->updated,
			(long long)event->failed, (long long)p->later);
	else
		buffer_printf(&text,
			ngettext("%lld feed: %lld new, %lld changed, %lld failed",
				"%lld feeds: %lld new, %lld changed, %lld failed", n),
			(long long)event->feeds, (long long)event->added, (long long)event->updated,
			(long long)event->failed);
	return tell_line(p, &text, error);
}

/* In place of the bar: the line is not ended. */
static int tell_page(struct progress *p, const struct fetch_event *event, struct error *error)
{
	struct buffer text = {0};
	p->pages += event->outcome == FETCH_NEW;
	p->failed_pages += event->outcome != FETCH_NEW;
	if (!p->bar)
		return 0;
	wipe_bar(p);
	buffer_printf(&text, _("full texts: %lld"), p->pages + p->failed_pages);
	if (tell_line(p, &text, error))
		return -1;
	p->out->pending.len -= p->out->pending.len > 0;
	p->drawn = true;
	return 0;
}

static int tell_pages(struct progress *p, struct error *error)
{
	struct buffer text = {0};
	wipe_bar(p);
	if (p->pages + p->failed_pages == 0)
		return 0;
	buffer_printf(&text, _("full texts: %lld new, %lld failed"), p->pages, p->failed_pages);
	return tell_line(p, &text, error);
}

/* Beside the sums, so that cron sends it. */
static int tell_hook(struct progress *p, const struct fetch_event *event, struct error *error)
{
	struct error said;
	wipe_bar(p);
	error_set(&said, EX_OK, "%s", event->message);
	int result = output_flush(p->out, error);
	output_error(NULL, &said);
	return result;
}

int progress_tell(struct progress *p, const struct fetch_event *event, struct error *error)
{
	switch (event->kind) {
	case FETCH_BEGIN:
		if (event->feeds > 0 && draw_bar(p, event, error))
			return -1;
		break;
	case FETCH_FEED:
		if (tell_feed(p, event, error))
			return -1;
		break;
	case FETCH_END:
		if (tell_end(p, event, error))
			return -1;
		break;
	case FETCH_PAGE:
		if (tell_page(p, event, error))
			return -1;
		break;
	case FETCH_HOOK:
		return tell_hook(p, event, error);
	case FETCH_OVER:
		if (tell_pages(p, error))
			return -1;
		break;
	}
	return output_flush(p->out, error);
}
