/* khabar fetch: brings what is new.  The work is done by khabar-fetch. */
#include "base/array.h"
#include "base/message.h"
#include "command/command.h"
#include "command/progress.h"
#include "command/spoken.h"
#include "fetch/client.h"

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fetch_values {
	bool due, json, require_sandbox;
	long jobs;
};

#define AT(member) offsetof(struct fetch_values, member)

static const struct option_spec options[] = {
	{"due", 0, OPTION_SWITCH, NULL, AT(due),
		.help = N_("only feeds whose time has come, as from cron")},
	{"jobs", 'j', OPTION_NUMBER, "N", AT(jobs), 1, 256, .help = N_("how many feeds at once")},
	{"json", 0, OPTION_SWITCH, NULL, AT(json),
		.help = N_("print events, a JSON object a line")},
	{"require-sandbox", 0, OPTION_SWITCH, NULL, AT(require_sandbox),
		.help = N_("rather fail than read feeds without a sandbox")},
	{.name = NULL},
};

#undef AT

/* ---- which feeds -------------------------------------------------------------- */

struct chosen {
	int64_t *ids;
	size_t count, cap;
};

static int choose(struct chosen *chosen, int64_t id, struct error *error)
{
	for (size_t i = 0; i < chosen->count; i++) {
		if (chosen->ids[i] == id)
			return 0;
	}
	if (!array_reserve(&chosen->ids, &chosen->cap, chosen->count + 1, sizeof *chosen->ids))
		return error_no_memory(error);
	chosen->ids[chosen->count++] = id;
	return 0;
}

/* How a name may mean a feed, the surest first. */
static bool is_number(const struct store_subscription *feed, struct str name)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)feed->id);
	return str_equal(name, str_of(id));
}

static bool is_url(const struct store_subscription *feed, struct str name)
{
	return str_equal(name, str_of(feed->url));
}

static bool is_title(const struct store_subscription *feed, struct str name)
{
	return str_equal_nocase(name, str_of(feed->title));
}

static bool is_in_folder(const struct store_subscription *feed, struct str name)
{
	struct str folder = str_of(feed->folder);
	return folder.len >= name.len && str_equal_nocase(str_slice(folder, 0, name.len), name) &&
	       (folder.len == name.len || folder.ptr[name.len] == '/');
}

static bool has_title(const struct store_subscription *feed, struct str name)
{
	return str_find_nocase(str_of(feed->title), name) >= 0;
}

static const struct {
	bool (*means)(const struct store_subscription *feed, struct str name);
	bool many; /* all that match are meant; else only one may match */
} ways[] = {
	{is_number, false},
	{is_url, false},
	{is_title, false},
	{is_in_folder, true},
	{has_title, false},
};

/* Adds what the name means. */
static int find(const struct store_subscriptions *feeds, const char *name, struct chosen *chosen,
	struct error *error)
{
	struct str wanted = str_trim(str_of(name));
	for (size_t w = 0; wanted.len > 0 && w < sizeof ways / sizeof *ways; w++) {
		const struct store_subscription *first = NULL;
		for (size_t i = 0; i < feeds->count; i++) {
			const struct store_subscription *feed = &feeds->items[i];
			if (!ways[w].means(feed, wanted))
				continue;
			if (first && !ways[w].many)
				return error_set(error, EX_USAGE,
					"%.80s: more than one feed is called so: give its number, "
					"%lld or %lld",
					name, (long long)first->id, (long long)feed->id);
			first = feed;
			if (choose(chosen, feed->id, error))
				return -1;
		}
		if (first)
			return 0;
	}
	return error_set(error, EX_NOINPUT,
		"%.80s: no such feed: give its number, URL, title or folder", name);
}

static int find_all(const struct command_call *call, struct chosen *chosen, struct error *error)
{
	struct store_subscriptions feeds = {0};
	if (call->operand_count == 0)
		return 0;
	struct store *store = command_open_store(call->common, STORE_READ, error);
	int result = store ? store_subscriptions(store, STORE_EVERY, 0, &feeds, error) : -1;
	for (size_t i = 0; result == 0 && i < call->operand_count; i++)
		result = find(&feeds, call->operands[i], chosen, error);
	store_subscriptions_free(&feeds);
	store_close(store);
	return result;
}

/* ---- the run -------------------------------------------------------------------- */

static int wait_for(const struct fetch_client *client, struct error *error)
{
	struct pollfd fd = {fetch_client_fd(client), POLLIN, 0};
	if (poll(&fd, 1, -1) < 0 && errno != EINTR)
		return error_set(error, EX_OSERR, "cannot wait: %s", strerror(errno));
	return 0;
}

static int pass_on(struct output *out, const struct fetch_event *event, struct error *error)
{
	if (!event->line)
		return 0;
	buffer_str(&out->pending, str_of(event->line));
	buffer_byte(&out->pending, '\n');
	return output_flush(out, error);
}

/* What khabar-fetch had to say when all went well, such as that there is no sandbox, is said. */
static int end(const struct fetch_event *event, struct error *error)
{
	struct error told;
	if (event->status != EX_OK)
		return error_set(error, event->status, "%s", event->message);
	error_set(&told, EX_OK, "%s", event->message);
	spoken_error(NULL, &told);
	return 0;
}

/* Tells all events; the exit status of khabar-fetch becomes that of the command. */
static int follow(struct fetch_client *client, const struct command_call *call,
	struct progress *progress, struct error *error)
{
	struct fetch_event event;
	for (;;) {
		while (fetch_client_next(client, &event)) {
			int result = progress ? progress_tell(progress, &event, error)
					      : pass_on(call->out, &event, error);
			if (result)
				return -1;
			if (event.kind == FETCH_OVER)
				return end(&event, error);
		}
		if (wait_for(client, error))
			return -1;
	}
}

static int fetch(const struct command_call *call, const struct chosen *chosen, struct error *error)
{
	const struct fetch_values *values = call->values;
	const struct fetch_request request = {
		.db = call->common->db,
		.feeds = chosen->ids,
		.count = chosen->count,
		.due = values->due,
		.require_sandbox = values->require_sandbox,
		.jobs = (int)values->jobs,
	};
	struct progress *progress = NULL;
	if (!values->json && !(progress = progress_new(call, values->due, error)))
		return -1;
	struct fetch_client *client = fetch_client_start(&request, error);
	int result = client ? follow(client, call, progress, error) : -1;
	fetch_client_free(client);
	progress_free(progress);
	return result;
}

static int run(const struct command_call *call, struct error *error)
{
	const struct fetch_values *values = call->values;
	struct chosen chosen = {0};
	if (values->due && call->operand_count > 0)
		return error_set(error, EX_USAGE,
			"fetch: --due chooses the feeds: leave it out, or the names");
	int result = find_all(call, &chosen, error);
	if (result == 0)
		result = fetch(call, &chosen, error);
	free(chosen.ids);
	return result;
}

const struct command command_fetch = {
	.name = "fetch",
	.operands = "[FEED...]",
	.summary = N_("fetch feeds: what is new comes into the store"),
	.help = N_("FEED is a number, URL, title or folder; without one all feeds are fetched.\n"
		   "The exit status is 69 when any of them failed.\n"),
	.options = options,
	.values_size = sizeof(struct fetch_values),
	.most = SIZE_MAX,
	.run = run,
};
