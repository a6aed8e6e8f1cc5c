#include "ui/adding.h"

#include "base/array.h"
#include "base/message.h"
#include "config/paths.h"
#include "subscribe/typed.h"
#include "ui/prompt.h"
#include "ui/seeking.h"
#include "ui/view.h"

#include <stdlib.h>

bool candidates_add(
	struct candidates *candidates, struct str title, struct str url, struct str folder)
{
	struct candidate candidate = {str_dup(title), str_dup(url), str_dup(folder), false};
	bool good = candidate.title && candidate.url && candidate.folder &&
		    array_reserve(&candidates->items, &candidates->cap, candidates->count + 1,
			    sizeof *candidates->items);
	if (good) {
		candidates->items[candidates->count++] = candidate;
	} else {
		free(candidate.title);
		free(candidate.url);
		free(candidate.folder);
	}
	return good;
}

void candidates_free(struct candidates *candidates)
{
	for (size_t i = 0; i < candidates->count; i++) {
		free(candidates->items[i].title);
		free(candidates->items[i].url);
		free(candidates->items[i].folder);
	}
	free(candidates->items);
	*candidates = (struct candidates){0};
}

/* 1: it is new, 0: it was there, -1 with *error. */
static int subscribe(
	struct ui *ui, const struct candidate *candidate, int64_t *id, struct error *error)
{
	/* The title is what the feed will say of itself, not a name the reader gave. */
	struct store_new_feed feed = {
		.url = str_of(candidate->url),
		.folder = str_of(candidate->folder),
	};
	bool added;
	if (store_subscribe(ui->store, &feed, id, &added, error) < 0)
		return -1;
	if (added && candidate->title[0] &&
		store_feed_describe(ui->store, *id, str_of(candidate->title), STR(""), STR(""),
			STR(""), error) < 0)
		return -1;
	return added;
}

void adding_subscribe(struct ui *ui, const struct candidates *candidates)
{
	struct error error = {.status = EX_OK};
	int64_t *ids = calloc(candidates->count + 1, sizeof *ids);
	size_t count = 0, chosen = 0;
	if (!ids)
		error_no_memory(&error);
	for (size_t i = 0; ids && error.status == EX_OK && i < candidates->count; i++) {
		const struct candidate *candidate = &candidates->items[i];
		if (!candidate->chosen || !candidate->url[0])
			continue;
		chosen++;
		count += subscribe(ui, candidate, &ids[count], &error) == 1;
	}
	ui->changes++;
	if (count > 0)
		fetching_request(ui->fetching, ids, count);
	free(ids);
	if (error.status != EX_OK)
		ui_error(ui, &error);
	else if (ui->message.len == 0 && count == 0 && chosen > 0)
		ui_say(ui, chosen == 1 ? N_("You have this feed already")
				       : N_("You have these already"));
	else if (ui->message.len == 0)
		ui_say(ui, ngettext("%zu feed added", "%zu feeds added", count), count);
}

static bool take_address(struct ui *ui, void *user, struct str text)
{
	struct buffer address = {0};
	(void)user;
	const char *refused = subscription_typed(text, &address);
	if (address.failed)
		ui_say(ui, "Out of memory");
	else if (refused && str_trim(text).len > 0)
		ui_say(ui, "Not added: %s", _(refused));
	else if (!refused)
		seeking_page(ui, buffer_view(&address));
	buffer_free(&address);
	return true;
}

void adding_ask(struct ui *ui)
{
	const struct prompt_options options = {
		.kind = PROMPT_ADDRESS,
		.question = str_of(_("Address of a feed or site:")), .done = take_address};
	prompt_open(ui, &options);
}

void adding_starter(struct ui *ui)
{
	struct error error;
	char *path = paths_data("samples/starter.opml", &error);
	if (path)
		seeking_outline(ui, path);
	else
		ui_error(ui, &error);
	free(path);
}

void adding_offer(struct ui *ui, struct candidates *candidates, bool starter)
{
	if (candidates->count == 0) {
		ui_say(ui, "No feed was found there");
	} else if (candidates->count == 1 && !starter) {
		candidates->items[0].chosen = true;
		adding_subscribe(ui, candidates);
	} else {
		ui_push(ui, candidates_view_new(ui, candidates,
				    str_of(starter ? _("Feeds to begin with, not tested here")
						   : _("Choose feeds"))));
	}
	candidates_free(candidates);
}
