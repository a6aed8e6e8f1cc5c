#include "ui/seeking.h"

#include "fetch/run.h"
#include "ui/adding.h"
#include "ui/view.h"

#include <jansson.h>
#include <stdlib.h>

struct seeking {
	struct fetch_run *run;
	bool outline; /* it reads a file, and does not look into a page */
};

static void start(struct ui *ui, bool outline, const char *subject)
{
	struct error error;
	const char *const arguments[] = {outline ? "outline" : "discover", "--", subject, NULL};
	seeking_stop(ui);
	struct seeking *seeking = calloc(1, sizeof *seeking);
	if (!seeking)
		error_no_memory(&error);
	else
		seeking->run = fetch_run_start(arguments, &error);
	if (!seeking || !seeking->run) {
		free(seeking);
		ui_error(ui, &error);
		return;
	}
	seeking->outline = outline;
	ui->seeking = seeking;
	screen_watch(ui->screen, FETCHING_SEEK_WATCH, fetch_run_fd(seeking->run));
}

void seeking_page(struct ui *ui, struct str url)
{
	char *address = str_dup(url);
	if (address)
		start(ui, false, address);
	else
		ui_say(ui, "Out of memory");
	free(address);
}

void seeking_outline(struct ui *ui, const char *path)
{
	start(ui, true, path);
}

void seeking_stop(struct ui *ui)
{
	if (!ui->seeking)
		return;
	screen_watch(ui->screen, FETCHING_SEEK_WATCH, -1);
	fetch_run_free(ui->seeking->run);
	free(ui->seeking);
	ui->seeking = NULL;
}

static struct str text_of(const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	return json_is_string(value)
		       ? (struct str){json_string_value(value), json_string_length(value)}
		       : STR("");
}

/* Feeds of a list, each folder's below a heading. */
static bool collect(const json_t *feeds, bool headings, struct candidates *found)
{
	struct str last = STR("");
	for (size_t i = 0; i < json_array_size(feeds); i++) {
		const json_t *feed = json_array_get(feeds, i);
		struct str url = text_of(feed, "url"), folder = text_of(feed, "folder");
		if (url.len == 0)
			continue;
		if (headings && folder.len > 0 && !str_equal(folder, last) &&
			!candidates_add(found, folder, STR(""), STR("")))
			return false;
		last = folder;
		if (!candidates_add(found, text_of(feed, "title"), url, folder))
			return false;
	}
	return true;
}

/* Takes what was found: {"feeds": [...]} of a page, [...] of an outline. */
static void take_feeds(struct ui *ui, struct str output, bool outline)
{
	struct candidates found = {0};
	json_t *root = json_loadb(output.ptr, output.len, JSON_REJECT_DUPLICATES, NULL);
	const json_t *feeds = outline ? root : json_object_get(root, "feeds");
	if (!json_is_array(feeds))
		ui_say(ui, "khabar-fetch gave an answer that cannot be read");
	else if (!collect(feeds, outline, &found))
		ui_say(ui, "Out of memory");
	else
		adding_offer(ui, &found, outline);
	candidates_free(&found);
	json_decref(root);
}

void seeking_take(struct ui *ui)
{
	struct error error;
	struct str output;
	if (!ui->seeking || !fetch_run_step(ui->seeking->run))
		return;
	struct seeking *seeking = ui->seeking;
	ui->seeking = NULL;
	screen_watch(ui->screen, FETCHING_SEEK_WATCH, -1);
	if (fetch_run_result(seeking->run, &output, &error) < 0)
		ui_error(ui, &error);
	else
		take_feeds(ui, output, seeking->outline);
	fetch_run_free(seeking->run);
	free(seeking);
}

void seeking_gauge(const struct ui *ui, struct buffer *out)
{
	if (ui->seeking && !ui->seeking->outline)
		buffer_str(out, out->len > 0 ? STR("  looking for feeds")
					     : STR("looking for feeds"));
}
