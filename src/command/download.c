/* khabar download: files that come with articles.  The work is done by khabar-fetch. */
#include "store/download.h"
#include "base/array.h"
#include "base/message.h"
#include "base/retell.h"
#include "command/command.h"
#include "command/item.h"
#include "fetch/run.h"
#include "locale/size.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct download_values {
	bool list, json, queue, retry, remove;
};

#define AT(member) offsetof(struct download_values, member)

static const struct option_spec options[] = {
	{"list", 0, OPTION_SWITCH, NULL, AT(list), .help = N_("print the queue")},
	{"json", 0, OPTION_SWITCH, NULL, AT(json),
		.help = N_("print JSON: the queue, or while downloading an event a line")},
	{"queue", 0, OPTION_SWITCH, NULL, AT(queue), .help = N_("only queue the files")},
	{"remove", 0, OPTION_SWITCH, NULL, AT(remove),
		.help = N_("take the files of the articles out of the queue; they stay on disk")},
	{"retry", 0, OPTION_SWITCH, NULL, AT(retry), .help = N_("download what failed, too")},
	{.name = NULL},
};

#undef AT

struct numbers {
	int64_t *ids;
	size_t count, cap;
};

static int add_number(struct numbers *numbers, int64_t id, struct error *error)
{
	if (!array_reserve(&numbers->ids, &numbers->cap, numbers->count + 1, sizeof *numbers->ids))
		return error_no_memory(error);
	numbers->ids[numbers->count++] = id;
	return 0;
}

/* ---- the queue -------------------------------------------------------------- */

static json_t *json_of(const struct store_download *d)
{
	json_t *item = json_object();
	if (item && item_set(item, "id", json_integer(d->id)) &&
		item_set(item, "article", json_integer(d->article_id)) &&
		item_set(item, "state", json_string(store_download_states[d->state])) &&
		item_set(item, "title", item_text(str_of(d->title))) &&
		item_set(item, "feed", item_text(str_of(d->feed_title))) &&
		item_set(item, "url", item_text(str_of(d->url))) &&
		item_set(item, "type", item_text(str_of(d->type))) &&
		item_set(item, "path", item_text(str_of(d->path))) &&
		item_set(item, "received", json_integer(d->received)) &&
		item_set(item, "size", json_integer(d->size)) &&
		item_set(item, "played", json_boolean(d->played_at != STORE_NO_DATE)) &&
		item_set(item, "message", item_text(str_of(d->error))))
		return item;
	json_decref(item);
	return NULL;
}

static int print_json(const struct store_downloads *all, struct output *out, struct error *error)
{
	buffer_str(&out->pending, STR("{\"items\":["));
	for (size_t i = 0; i < all->count; i++) {
		buffer_str(&out->pending, i == 0 ? STR("\n") : STR(",\n"));
		if (item_write(out, json_of(&all->items[i]), JSON_COMPACT, error) ||
			output_spill(out, error))
			return -1;
	}
	buffer_str(&out->pending, STR("\n]}\n"));
	return 0;
}

static const char *const state_names[] = {[DOWNLOAD_QUEUED] = N_("queued"),
	[DOWNLOAD_PAUSED] = N_("paused"),
	[DOWNLOAD_RUNNING] = N_("downloading"),
	[DOWNLOAD_DONE] = N_("done"),
	[DOWNLOAD_FAILED] = N_("failed")};

static void print_line(const struct store_download *d, struct buffer *out)
{
	struct buffer size = {0};
	int share = size_share(d->received, d->size);
	size_format(&size, d->size > 0 ? d->size : d->received);
	buffer_printf(out, "%4lld  %-11s  ", (long long)d->id, _(state_names[d->state]));
	if (d->state == DOWNLOAD_DONE || share < 0)
		buffer_str(out, STR("     "));
	else
		buffer_printf(out, "%3d%% ", share);
	buffer_printf(out, "%10s  ", size.data ? size.data : "");
	output_field(out, str_of(d->title[0] ? d->title : d->url));
	if (d->error[0] || d->path[0]) {
		buffer_str(out, STR("  "));
		struct buffer why = {0};
		retell(&why, str_of(d->error));
		output_field(out, why.len > 0 ? buffer_view(&why) : str_of(d->path));
		buffer_free(&why);
	}
	buffer_byte(out, '\n');
	out->failed |= size.failed;
	buffer_free(&size);
}

static int print_queue(const struct command_call *call, struct store *store, struct error *error)
{
	const struct download_values *values = call->values;
	struct store_downloads all;
	if (store_downloads(store, &all, error))
		return -1;
	int result = values->json ? print_json(&all, call->out, error) : 0;
	for (size_t i = 0; !values->json && i < all.count; i++)
		print_line(&all.items[i], &call->out->pending);
	store_downloads_free(&all);
	return result;
}

/* ---- articles ----------------------------------------------------------------- */

static int number_of(const char *text, int64_t *id, struct error *error)
{
	char *end;
	errno = 0;
	long long number = strtoll(text, &end, 10);
	if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno == ERANGE)
		return error_set(error, EX_USAGE,
			"download: \"%.80s\" is no article: give a number of khabar list", text);
	*id = number;
	return 0;
}

/* The files of an article that are in the queue. */
static int collect(
	struct store *store, int64_t article, struct numbers *numbers, struct error *error)
{
	struct store_downloads all;
	if (store_downloads(store, &all, error))
		return -1;
	int result = 0;
	for (size_t i = 0; i < all.count && result == 0; i++) {
		if (all.items[i].article_id == article)
			result = add_number(numbers, all.items[i].id, error);
	}
	store_downloads_free(&all);
	return result;
}

static int queue_article(
	struct store *store, int64_t article, struct numbers *numbers, struct error *error)
{
	size_t found, added;
	if (store_download_article(store, article, &found, &added, error))
		return -1;
	if (found == 0)
		return error_set(error, EX_NOINPUT,
			"%lld: this article comes without a file: see khabar show %lld",
			(long long)article, (long long)article);
	return collect(store, article, numbers, error);
}

static int take_articles(const struct command_call *call, struct store *store,
	struct numbers *numbers, struct error *error)
{
	const struct download_values *values = call->values;
	for (size_t i = 0; i < call->operand_count; i++) {
		int64_t article = 0;
		if (number_of(call->operands[i], &article, error))
			return -1;
		int result = values->remove ? collect(store, article, numbers, error)
					    : queue_article(store, article, numbers, error);
		if (result)
			return -1;
	}
	for (size_t i = 0; values->remove && i < numbers->count; i++) {
		if (store_download_remove(store, numbers->ids[i], error))
			return -1;
	}
	if (values->remove)
		buffer_printf(&call->out->pending,
			ngettext("%zu file taken out of the queue\n",
				"%zu files taken out of the queue\n", numbers->count),
			numbers->count);
	return 0;
}

/* ---- downloading ---------------------------------------------------------------- */

static struct fetch_run *start(
	const struct command_call *call, const struct numbers *numbers, struct error *error)
{
	enum { OPTIONS_MOST = 6 };
	const struct download_values *values = call->values;
	size_t count = 0;
	const char **words = calloc(OPTIONS_MOST + numbers->count, sizeof *words);
	char(*ids)[24] = calloc(numbers->count + 1, sizeof *ids);
	struct fetch_run *run = NULL;
	if (words && ids) {
		words[count++] = "download";
		if (values->retry)
			words[count++] = "--retry";
		if (call->common->db) {
			words[count++] = "--db";
			words[count++] = call->common->db;
		}
		for (size_t i = 0; i < numbers->count; i++) {
			snprintf(ids[i], sizeof ids[i], "%" PRId64, numbers->ids[i]);
			words[count++] = ids[i];
		}
		run = fetch_run_start(words, error);
	} else {
		error_no_memory(error);
	}
	free(ids);
	free(words);
	return run;
}

static void wipe(struct output *out, bool bar)
{
	if (bar)
		buffer_str(&out->pending, STR("\r\033[K"));
}

/* On a terminal how far it is, ASCII: no terminal reorders it; a line for each that ends. */
static void tell(const json_t *event, struct output *out, bool bar)
{
	const char *state = json_string_value(json_object_get(event, "state"));
	const char *title = json_string_value(json_object_get(event, "title"));
	const char *path = json_string_value(json_object_get(event, "path"));
	const char *message = json_string_value(json_object_get(event, "message"));
	int64_t received = json_integer_value(json_object_get(event, "received"));
	int64_t size = json_integer_value(json_object_get(event, "size"));
	if (!state || !title || !path || !message)
		return;
	struct store_download d = {.id = json_integer_value(json_object_get(event, "id")),
		.title = (char *)title,
		.path = (char *)path,
		.url = (char *)"",
		.error = (char *)message,
		.received = received,
		.size = size};
	while (store_download_states[d.state] && strcmp(store_download_states[d.state], state) != 0)
		d.state++;
	if (!store_download_states[d.state])
		return;
	if (d.state != DOWNLOAD_RUNNING) {
		wipe(out, bar);
		print_line(&d, &out->pending);
	} else if (bar) {
		wipe(out, bar);
		if (size_share(received, size) >= 0)
			buffer_printf(&out->pending, "%3d%% ", size_share(received, size));
		size_format(&out->pending, received);
		if (size > 0) {
			buffer_str(&out->pending, STR(" / "));
			size_format(&out->pending, size);
		}
	}
}

static int tell_lines(
	const struct command_call *call, struct fetch_run *run, bool bar, struct error *error)
{
	const struct download_values *values = call->values;
	struct buffer line = {0};
	while (fetch_run_line(run, &line)) {
		if (values->json) {
			buffer_str(&call->out->pending, buffer_view(&line));
			buffer_byte(&call->out->pending, '\n');
			continue;
		}
		json_t *event = json_loadb(buffer_view(&line).ptr, line.len, 0, NULL);
		tell(event, call->out, bar);
		json_decref(event);
	}
	buffer_free(&line);
	return output_flush(call->out, error);
}

static int follow(const struct command_call *call, struct fetch_run *run, struct error *error)
{
	const struct download_values *values = call->values;
	struct str rest;
	bool bar = !values->json && isatty(call->out->fd), ended = false;
	while (!ended) {
		struct pollfd fd = {fetch_run_fd(run), POLLIN, 0};
		if (poll(&fd, 1, -1) < 0 && errno != EINTR)
			return error_set(error, EX_OSERR, "cannot wait: %s", strerror(errno));
		ended = fetch_run_step(run);
		if (tell_lines(call, run, bar, error))
			return -1;
	}
	wipe(call->out, bar);
	return fetch_run_result(run, &rest, error);
}

static int download(
	const struct command_call *call, const struct numbers *numbers, struct error *error)
{
	struct fetch_run *run = start(call, numbers, error);
	int result = run ? follow(call, run, error) : -1;
	fetch_run_free(run);
	return result;
}

static int check_values(const struct command_call *call, struct error *error)
{
	const struct download_values *v = call->values;
	if (v->list + v->queue + v->retry + v->remove > 1)
		return error_set(error, EX_USAGE,
			"download: --list, --queue, --remove, --retry: give one of them");
	if ((v->queue || v->remove) && call->operand_count == 0)
		return error_set(error, EX_USAGE,
			"download: of which article is not said: give numbers of khabar list");
	if ((v->list || v->retry) && call->operand_count > 0)
		return error_set(error, EX_USAGE,
			"download: \"%.80s\" is too much: it is about the whole queue",
			call->operands[0]);
	return 0;
}

static int run(const struct command_call *call, struct error *error)
{
	const struct download_values *values = call->values;
	struct numbers numbers = {0};
	if (check_values(call, error))
		return -1;
	struct store *store =
		command_open_store(call->common, values->list ? STORE_READ : STORE_WRITE, error);
	int result = !store         ? -1
		     : values->list ? print_queue(call, store, error)
				    : take_articles(call, store, &numbers, error);
	store_close(store);
	if (result == 0 && !values->list && !values->queue && !values->remove)
		result = download(call, &numbers, error);
	free(numbers.ids);
	return result;
}

const struct command command_download = {
	.name = "download",
	.operands = "[ARTICLE...]",
	.summary = N_("download files that come with articles, such as podcasts"),
	.help = N_("ARTICLE is a number that khabar list prints: its files are queued and\n"
		   "downloaded; without one all that is queued is downloaded, as from cron.\n"
		   "A line is: number in the queue, state, share, size, title, file.\n"
		   "The exit status is 69 when a download failed.\n"),
	.options = options,
	.values_size = sizeof(struct download_values),
	.most = SIZE_MAX,
	.run = run,
};
