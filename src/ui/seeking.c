#include "ui/seeking.h"

#include "base/message.h"
#include "fetch/run.h"
#include "subscribe/opml.h"
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

/* {"feeds": [{"url", "title"}, ...]}: what khabar-fetch found in a page. */
static bool collect_page(struct str output, struct candidates *found, struct error *error)
{
	json_t *root = json_loadb(output.ptr, output.len, JSON_REJECT_DUPLICATES, NULL);
	const json_t *feeds = json_object_get(root, "feeds");
	int result = json_is_array(feeds)
			     ? 0
			     : error_set(error, EX_DATAERR,
				       "khabar-fetch gave an answer that cannot be read");
	for (size_t i = 0; result == 0 && i < json_array_size(feeds); i++) {
		const json_t *feed = json_array_get(feeds, i);
		struct str url = text_of(feed, "url");
		if (url.len > 0 && !candidates_add(found, text_of(feed, "title"), url, STR("")))
			result = error_no_memory(error);
	}
	json_decref(root);
	return result == 0;
}

/* The feeds of an outline, each folder's below a heading. */
static bool collect_outline(struct str output, struct candidates *found, struct error *error)
{
	struct subscription_list list = {0};
	struct str last = STR("");
	bool good = opml_take_outlines(output, &list, error) == 0;
	for (size_t i = 0; good && i < list.count; i++) {
		const struct subscription *feed = &list.items[i];
		struct str folder = str_of(feed->folder);
		if (feed->refused)
			continue;
		if (folder.len > 0 && !str_equal(folder, last))
			good = candidates_add(found, folder, STR(""), STR(""));
		last = folder;
		good = good && candidates_add(found, str_of(feed->title), str_of(feed->url), folder);
		if (!good)
			error_no_memory(error);
	}
	subscription_list_free(&list);
	return good;
}

void seeking_take(struct ui *ui)
{
	struct error error;
	struct str output;
	if (!ui->seeking || !fetch_run_step(ui->seeking->run))
		return;
	struct seeking *seeking = ui->seeking;
	struct candidates found = {0};
	ui->seeking = NULL;
	screen_watch(ui->screen, FETCHING_SEEK_WATCH, -1);
	bool good = fetch_run_result(seeking->run, &output, &error) == 0 &&
		    (seeking->outline ? collect_outline(output, &found, &error)
				      : collect_page(output, &found, &error));
	if (good)
		adding_offer(ui, &found, seeking->outline);
	else
		ui_error(ui, &error);
	candidates_free(&found);
	fetch_run_free(seeking->run);
	free(seeking);
}

void seeking_gauge(const struct ui *ui, struct buffer *out)
{
	if (ui->seeking && !ui->seeking->outline)
		buffer_printf(out, "%s%s", out->len > 0 ? "  " : "", _("looking for feeds"));
}
