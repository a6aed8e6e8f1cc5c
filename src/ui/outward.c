#include "ui/outward.h"

#include "base/message.h"
#include "fetch/client.h"
#include "ui/beside.h"
#include "ui/open.h"
#include "ui/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- bookmarks ---- */

void outward_bookmark(struct ui *ui, int64_t id)
{
	struct error error;
	const char *command = ui->options->config->bookmark_command;
	struct store_article *article = store_article(ui->store, id, &error);
	if (!article) {
		ui_error(ui, &error);
		return;
	}
	const struct str arguments[] = {
		str_of(article->url), str_of(article->title), str_of(article->feed_title)};
	const struct beside_program program = {.option = "bookmark.command",
		.command = str_of(command),
		.arguments = arguments,
		.argument_count = 3};
	int result = 0;
	if (!command[0])
		result = error_set(&error, EX_CONFIG,
			"no program keeps bookmarks: set command in [bookmark], khabar.conf");
	else if (!article->url[0])
		result = error_set(&error, EX_NOINPUT, "this article has no link");
	else
		result = beside_start(ui, &program, &error);
	if (result < 0)
		ui_error(ui, &error);
	else
		ui_say(ui, _("Bookmarked: %s"), article->url);
	store_article_free(article);
}

/* ---- a list in the browser ---- */

/* The unread of the list, the newest OUTWARD_MOST; how many of *ids are filled, -1 with *error. */
static int unread_of(struct ui *ui, const struct store_list *list, int64_t ids[OUTWARD_MOST],
	struct error *error)
{
	enum { ROWS = 200, PAGES = 50 };
	struct store_cursor cursor;
	int count = 0;
	bool more = true;
	for (int i = 0; more && i < PAGES && count < OUTWARD_MOST; i++) {
		struct store_page page;
		if (store_headlines(
			    ui->store, list, i > 0 ? &cursor : NULL, false, ROWS, &page, error) < 0)
			return -1;
		for (size_t k = 0; k < page.count && count < OUTWARD_MOST; k++) {
			if (!page.items[k].read)
				ids[count++] = page.items[k].id;
		}
		more = page.stopped || page.count == ROWS;
		if (page.stopped)
			cursor = page.reached;
		else if (page.count > 0)
			cursor = (struct store_cursor){
				page.items[page.count - 1].sort, page.items[page.count - 1].id};
		store_page_free(&page);
	}
	return count;
}

/* One without a link is left unread; the first that fails ends it. */
static int open_each(
	struct ui *ui, const int64_t *ids, int count, int64_t *opened, struct error *error)
{
	int result = 0;
	int done = 0;
	for (; result == 0 && done < count && !ui->finished; done++) {
		struct store_article *article = store_article(ui->store, ids[done], error);
		if (!article)
			return -1;
		if (article->url[0])
			result = open_in_browser(ui, str_of(article->url), error);
		if (article->url[0] && result == 0)
			opened[done] = ids[done];
		store_article_free(article);
	}
	return result;
}

void outward_open_all(struct ui *ui, const struct store_list *list)
{
	struct error error;
	int64_t ids[OUTWARD_MOST], opened[OUTWARD_MOST] = {0}, changed = 0;
	int count = unread_of(ui, list, ids, &error);
	if (count < 0) {
		ui_error(ui, &error);
		return;
	}
	if (count == 0) {
		ui_say(ui, "%s", _("Nothing unread in this list"));
		return;
	}
	char question[256];
	snprintf(question, sizeof question, _("Open %d articles in the browser?"), count);
	if (count > OUTWARD_UNASKED && !ui_confirm(ui, ACTION_OPEN_ALL, question))
		return;
	int result = open_each(ui, ids, count, opened, &error);
	size_t done = 0;
	for (int i = 0; i < count; i++) {
		if (opened[i] != 0)
			opened[done++] = opened[i];
	}
	struct error marking;
	if (done > 0 && store_mark(ui->store, STORE_MARK_READ, opened, done, STR(""), &changed,
				&marking) < 0)
		ui_error(ui, &marking);
	else if (result < 0)
		ui_error(ui, &error);
	else
		ui_say(ui, ngettext("%zu article opened", "%zu articles opened", done), done);
	ui->changes++;
}

/* ---- new articles ---- */

void outward_hooked(struct ui *ui, const struct fetch_event *event)
{
	struct error error;
	if (event->outcome == FETCH_FAILED) {
		error_set(&error, EX_UNAVAILABLE, "%s", event->message);
		ui_error(ui, &error);
	} else if (event->message[0]) {
		ui_say(ui, "%s", event->message);
	}
}

/* ---- notifications ---- */

static void write_summary(struct ui *ui, int64_t articles, struct buffer *out)
{
	const struct store_list unread = {.kind = STORE_UNREAD, .since = INT64_MAX};
	struct store_page page;
	bool known = store_headlines(ui->store, &unread, NULL, false, 1, &page, NULL) >= 0;
	if (known && page.count > 0)
		buffer_printf(out,
			ngettext("%lld new article: %s", "%lld new articles: %s",
				(unsigned long)articles),
			(long long)articles, page.items[0].title);
	else
		buffer_printf(out,
			ngettext("%lld new article", "%lld new articles", (unsigned long)articles),
			(long long)articles);
	if (known)
		store_page_free(&page);
}

bool outward_is_told(const struct ui *ui, const char *key)
{
	struct store_subscription feed;
	struct error error;
	int64_t id = 0;
	if (store_feed_find(ui->store, str_of(key), &id, &error) < 0 || id == 0 ||
		store_subscription(ui->store, id, &feed, &error) < 0)
		return true;
	bool told = feed.settings.notify != 0;
	store_subscription_free(&feed);
	return told;
}

void outward_notify(struct ui *ui, int64_t articles)
{
	const struct config *config = ui->options->config;
	const char *how = config->notify;
	struct buffer summary = {0};
	struct error error;
	if (articles <= 0 || strcmp(how, "no") == 0)
		return;
	write_summary(ui, articles, &summary);
	struct str text = buffer_view(&summary);
	const struct str arguments[] = {STR("khabar"), text};
	const struct beside_program program = {.option = "notify.command",
		.command = str_of(config->notify_command),
		.arguments = arguments,
		.argument_count = 2};
	if (!summary.failed && strcmp(how, "command") != 0)
		screen_notify(ui->screen,
			strcmp(how, "osc777") == 0 ? SCREEN_NOTIFY_777 : SCREEN_NOTIFY_9,
			STR("khabar"), text);
	else if (!summary.failed && beside_start(ui, &program, &error) < 0)
		ui_error(ui, &error);
	buffer_free(&summary);
}
