#include "ui/downloading.h"

#include "base/message.h"
#include "base/retell.h"
#include "fetch/run.h"
#include "locale/size.h"
#include "store/download.h"
#include "ui/view.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { STALE_SECONDS = 30 /* without a word, whoever was at a file has gone */ };

struct downloading {
	struct fetch_run *run; /* NULL: nothing is under way */
	int64_t id;            /* the file that is; 0 none yet */
	int64_t received, size;
	unsigned long changes; /* of the store that the queue was looked at after */
	bool again;            /* asked for while a run works that may be past that file */
	bool looked, broken;   /* the queue was looked at; khabar-fetch cannot be run */
};

static struct downloading *of(struct ui *ui)
{
	if (!ui->downloading)
		ui->downloading = calloc(1, sizeof *ui->downloading);
	return ui->downloading;
}

/* ---- starting ---- */

/* Nothing is started twice: a run takes what is queued while it works, too. */
static void start(struct ui *ui)
{
	struct downloading *d = of(ui);
	const char *const words[] = {
		"download", ui->options->db ? "--db" : NULL, ui->options->db, NULL};
	struct error error;
	if (!d || d->run)
		return;
	d->run = fetch_run_start(words, &error);
	d->broken = !d->run;
	d->id = d->received = d->size = 0;
	if (d->run)
		screen_watch(ui->screen, DOWNLOADING_WATCH, fetch_run_fd(d->run));
	else
		ui_error(ui, &error);
}

void downloading_start(struct ui *ui)
{
	struct downloading *d = of(ui);
	if (d && d->run)
		d->again = true;
	else
		start(ui);
}

static bool is_waiting(const struct store_download *d, int64_t now)
{
	return d->state == DOWNLOAD_QUEUED ||
	       (d->state == DOWNLOAD_RUNNING && d->seen_at < now - STALE_SECONDS);
}

static bool is_automatic(const struct ui *ui)
{
	return strcmp(ui->options->config->download_auto, "yes") == 0;
}

void downloading_tick(struct ui *ui)
{
	struct downloading *d = of(ui);
	struct store_downloads all;
	bool waiting = false;
	if (!d || d->run || d->broken || !is_automatic(ui) ||
		(d->looked && d->changes == ui->changes))
		return;
	d->looked = true;
	d->changes = ui->changes;
	if (store_downloads(ui->store, &all, NULL) < 0)
		return;
	for (size_t i = 0; i < all.count; i++)
		waiting |= is_waiting(&all.items[i], (int64_t)time(NULL));
	store_downloads_free(&all);
	if (waiting)
		start(ui);
}

void downloading_enqueue(struct ui *ui, int64_t article)
{
	struct error error;
	size_t found, added;
	if (store_download_article(ui->store, article, &found, &added, &error) < 0) {
		ui_error(ui, &error);
		return;
	}
	ui->changes++;
	if (found == 0)
		ui_say(ui, "%s", _("This article comes without a file"));
	else if (added == 0)
		ui_say(ui, "%s", _("It is in the queue already"));
	else
		ui_say(ui, ngettext("%zu file queued", "%zu files queued", added), added);
	if (added > 0 && is_automatic(ui))
		start(ui);
}

/* ---- following ---- */

static const char *text_of(const json_t *event, const char *name)
{
	const char *text = json_string_value(json_object_get(event, name));
	return text ? text : "";
}

static void take_event(struct ui *ui, struct str line)
{
	struct downloading *d = ui->downloading;
	json_t *event = json_loadb(line.ptr, line.len, 0, NULL);
	const char *state = text_of(event, "state"), *title = text_of(event, "title");
	struct error error;
	d->id = json_integer_value(json_object_get(event, "id"));
	d->received = json_integer_value(json_object_get(event, "received"));
	d->size = json_integer_value(json_object_get(event, "size"));
	if (strcmp(state, store_download_states[DOWNLOAD_RUNNING]) != 0)
		d->id = 0;
	if (strcmp(state, store_download_states[DOWNLOAD_FAILED]) == 0) {
		struct buffer why = {0};
		retell(&why, str_of(text_of(event, "message")));
		error_set(
			&error, EX_UNAVAILABLE, "%.200s: %.280s", title, why.data ? why.data : "");
		buffer_free(&why);
		ui_error(ui, &error);
	} else if (strcmp(state, store_download_states[DOWNLOAD_DONE]) == 0) {
		ui_say(ui, _("Downloaded: %s"), title);
	}
	ui->changes++;
	json_decref(event);
}

static void take_lines(struct ui *ui)
{
	struct buffer line = {0};
	while (fetch_run_line(ui->downloading->run, &line))
		take_event(ui, buffer_view(&line));
	buffer_free(&line);
}

static void end_run(struct ui *ui)
{
	screen_watch(ui->screen, DOWNLOADING_WATCH, -1);
	fetch_run_free(ui->downloading->run);
	ui->downloading->run = NULL;
	ui->downloading->looked = false;
}

void downloading_take(struct ui *ui)
{
	struct error error = {0};
	struct str rest;
	struct downloading *d = ui->downloading;
	if (!d || !d->run)
		return;
	bool ended = fetch_run_step(d->run);
	take_lines(ui);
	if (!ended)
		return;
	/* Files that failed were told one by one. */
	if (fetch_run_result(d->run, &rest, &error) < 0 && error.message[0]) {
		d->broken = true;
		ui_error(ui, &error);
	}
	end_run(ui);
	bool again = d->again && !d->broken;
	d->again = false;
	if (again)
		start(ui);
}

void downloading_stop(struct ui *ui)
{
	struct downloading *d = ui->downloading;
	if (d && d->run) {
		int64_t id = d->id, received = d->received;
		end_run(ui);
		if (id != 0)
			store_download_end(ui->store, id, DOWNLOAD_QUEUED, received, STR(""), NULL);
	}
	free(d);
	ui->downloading = NULL;
}

void downloading_gauge(const struct ui *ui, struct buffer *out)
{
	const struct downloading *d = ui->downloading;
	if (!d || !d->run)
		return;
	if (out->len > 0)
		buffer_str(out, STR("  "));
	int share = size_share(d->received, d->size);
	if (share >= 0)
		buffer_printf(out, _("download %d%%"), share);
	else
		buffer_str(out, str_of(_("download")));
}
