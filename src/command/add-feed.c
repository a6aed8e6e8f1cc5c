/* khabar add: subscribing to a feed, or to the one that a page names. */
#include "base/message.h"
#include "command/ask.h"
#include "command/command.h"
#include "command/item.h"
#include "fetch/client.h"
#include "fetch/run.h"
#include "subscribe/list.h"
#include "subscribe/typed.h"

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

struct add_values {
	const char *folder, *title;
	struct option_texts tags;
	long choose; /* 0: not given */
	bool no_fetch, json;
};

enum { CHOICES_MOST = 1000 };

#define AT(member) offsetof(struct add_values, member)

static const struct option_spec options[] = {
	{"folder", 0, OPTION_TEXT, "FOLDER", AT(folder), .help = N_("where it stands: News/Arab")},
	{"tag", 0, OPTION_TEXTS, "TAG", AT(tags),
		.help = N_("a word to find it by; may be repeated")},
	{"title", 0, OPTION_TEXT, "TITLE", AT(title),
		.help = N_("in place of what it says itself")},
	{"choose", 0, OPTION_NUMBER, "N", AT(choose), 1, CHOICES_MOST,
		.help = N_("the Nth of the feeds that a page names")},
	{"no-fetch", 0, OPTION_SWITCH, NULL, AT(no_fetch),
		.help = N_("take the address as it is; the network is not used")},
	{"json", 0, OPTION_SWITCH, NULL, AT(json), .help = N_("print a JSON object")},
	{.name = NULL},
};

#undef AT

/* What is subscribed to. */
struct choice {
	struct buffer url, title, site;
};

static void choice_free(struct choice *choice)
{
	buffer_free(&choice->url);
	buffer_free(&choice->title);
	buffer_free(&choice->site);
}

/* ---- which feed --------------------------------------------------------------- */

static struct str member(const json_t *object, const char *name)
{
	return str_of(json_string_value(json_object_get(object, name)));
}

static int list_choices(const json_t *feeds, struct output *out, struct error *error)
{
	for (size_t i = 0; i < json_array_size(feeds); i++) {
		const json_t *feed = json_array_get(feeds, i);
		buffer_printf(&out->pending, "%3zu  ", i + 1);
		output_field(&out->pending, member(feed, "url"));
		buffer_str(&out->pending, STR("  "));
		output_field(&out->pending, member(feed, "title"));
		buffer_byte(&out->pending, '\n');
	}
	return output_flush(out, error);
}

/* Asks, where there is somebody; -1 with EX_DATAERR and how to choose otherwise. */
static int choose(
	const struct command_call *call, const json_t *feeds, long *number, struct error *error)
{
	struct output messages = {.fd = STDERR_FILENO};
	bool asks = ask_possible();
	size_t count = json_array_size(feeds);
	struct buffer question = {0};
	int result = list_choices(feeds, asks ? &messages : call->out, error);
	output_free(&messages);
	*number = 0;
	if (result == 0 && asks) {
		buffer_printf(&question, _("Which one?  [1-%zu, else none] "), count);
		*number = question.failed ? 0 : ask_number(question.data, (long)count);
		buffer_free(&question);
	}
	if (result == 0 && *number == 0)
		result = error_set(error, EX_DATAERR,
			"%.200s: it names %zu feeds: choose with --choose N, or add the address of "
			"one",
			call->operands[0], count);
	return result;
}

/* Out of the answer of khabar-fetch discover. */
static int take_answer(const struct command_call *call, const json_t *answer, struct choice *choice,
	struct error *error)
{
	const struct add_values *values = call->values;
	const json_t *feeds = json_object_get(answer, "feeds");
	size_t count = json_array_size(feeds);
	long number = values->choose > 0 ? values->choose : 1;
	if (count == 0)
		return error_set(error, EX_DATAERR,
			"%.200s: neither a feed nor a page that names one: look for its feed's "
			"address, or add it as it is with --no-fetch",
			call->operands[0]);
	if ((size_t)number > count)
		return error_set(error, EX_USAGE,
			"%.200s: it names %zu feeds: --choose takes 1 to %zu", call->operands[0],
			count, count);
	if (count > 1 && values->choose == 0 && choose(call, feeds, &number, error))
		return -1;
	const json_t *feed = json_array_get(feeds, (size_t)number - 1);
	struct str page = member(json_object_get(answer, "page"), "url");
	buffer_str(&choice->url, member(feed, "url"));
	buffer_str(&choice->title, member(feed, "title"));
	if (!str_equal(page, member(feed, "url")))
		buffer_str(&choice->site, page);
	const char *refused = subscription_refusal(buffer_view(&choice->url));
	if (refused)
		return error_set(error, EX_DATAERR, "%.200s: %s", choice->url.data, _(refused));
	return choice->url.failed || choice->title.failed || choice->site.failed
		       ? error_no_memory(error)
		       : 0;
}

static int discover(const struct command_call *call, const char *url, struct choice *choice,
	struct error *error)
{
	const char *const arguments[] = {"discover", url, NULL};
	struct buffer output = {0};
	struct error why = {.status = EX_OK};
	if (fetch_program_run(arguments, &output, &why)) {
		buffer_free(&output);
		return error_set(error, why.status,
			"%.300s; it was not added: khabar add --no-fetch adds it unseen",
			why.message);
	}
	json_t *answer = json_loadb(buffer_view(&output).ptr, output.len, 0, NULL);
	int result = json_is_object(answer)
			     ? take_answer(call, answer, choice, error)
			     : error_set(error, EX_SOFTWARE,
				       "khabar-fetch: its answer cannot be read: install khabar "
				       "anew");
	json_decref(answer);
	buffer_free(&output);
	return result;
}

static int address_of(const char *typed, struct buffer *url, struct error *error)
{
	struct str text = str_trim(str_of(typed));
	const char *refused = NULL;
	if (str_starts(text, STR("command:")))
		buffer_str(url, text);
	else
		refused = subscription_typed(text, url);
	if (refused)
		return error_set(
			error, EX_USAGE, "%.200s: %s", text.len > 0 ? typed : "add", _(refused));
	return url->failed ? error_no_memory(error) : 0;
}

/* ---- subscribing and fetching ----------------------------------------------------- */

static int subscribe(const struct command_call *call, const struct choice *choice, int64_t *id,
	bool *added, struct error *error)
{
	const struct add_values *values = call->values;
	struct str tags[OPTION_TEXTS_MOST];
	for (size_t i = 0; i < values->tags.count; i++)
		tags[i] = str_of(values->tags.items[i]);
	const struct store_new_feed feed = {.url = buffer_view(&choice->url),
		.title = str_of(values->title),
		.folder = str_of(values->folder),
		.site_url = buffer_view(&choice->site),
		.tags = tags,
		.tag_count = values->tags.count};
	struct store *store = command_open_store(call->common, STORE_CREATE, error);
	if (!store)
		return -1;
	int result = store_subscribe(store, &feed, id, added, error);
	if (result == 0 && *added && choice->title.len > 0)
		result = store_feed_describe(
			store, *id, buffer_view(&choice->title), STR(""), STR(""), STR(""), error);
	store_close(store);
	return result;
}

/* Until the program has ended; *articles: how many came. */
static int wait_for(struct fetch_client *client, int64_t *articles, struct error *error)
{
	struct fetch_event event;
	int result = 0;
	for (bool over = false; !over;) {
		struct pollfd waiting = {.fd = fetch_client_fd(client), .events = POLLIN};
		if (poll(&waiting, 1, -1) < 0 && errno != EINTR)
			return error_set(error, EX_OSERR, "khabar-fetch: %s", strerror(errno));
		while (!over && fetch_client_next(client, &event)) {
			if (event.kind == FETCH_FEED)
				*articles += event.added;
			if (event.kind == FETCH_FEED &&
				(event.outcome == FETCH_FAILED || event.outcome == FETCH_STOPPED))
				result = error_set(error, EX_UNAVAILABLE,
					"%.200s: it is subscribed to, but was not fetched: %.200s",
					event.url, event.message);
			over = event.kind == FETCH_OVER;
			if (over && event.status != EX_OK && result == 0)
				result = error_set(error, event.status,
					"it is subscribed to, but was not fetched: %.300s",
					event.message);
		}
	}
	return result;
}

static int fetch(
	const struct command_call *call, int64_t id, int64_t *articles, struct error *error)
{
	const struct fetch_request request = {.db = call->common->db, .feeds = &id, .count = 1};
	struct fetch_client *client = fetch_client_start(&request, error);
	if (!client)
		return -1;
	int result = wait_for(client, articles, error);
	fetch_client_free(client);
	return result;
}

/* A line; articles: that came, negative when they were not looked for. */
static void tell_text(
	struct buffer *out, const struct store_subscription *feed, bool added, int64_t articles)
{
	struct buffer title = {0};
	unsigned long n = (unsigned long)articles;
	output_field(&title, str_of(feed->title));
	const char *name = title.data ? title.data : "";
	if (articles < 0)
		buffer_printf(out, added ? _("subscribed %lld  %s") : _("already there %lld  %s"),
			(long long)feed->id, name);
	else
		buffer_printf(out,
			added ? ngettext("subscribed %lld  %s, %lld new article",
					"subscribed %lld  %s, %lld new articles", n)
			      : ngettext("already there %lld  %s, %lld new article",
					"already there %lld  %s, %lld new articles", n),
			(long long)feed->id, name, (long long)articles);
	buffer_byte(out, '\n');
	out->failed |= title.failed;
	buffer_free(&title);
}

static int tell(const struct command_call *call, int64_t id, bool added, int64_t articles,
	struct error *error)
{
	const struct add_values *values = call->values;
	struct store_subscription feed;
	struct buffer *out = &call->out->pending;
	struct store *store = command_open_store(call->common, STORE_READ, error);
	int result = store ? store_subscription(store, id, &feed, error) : -1;
	store_close(store);
	if (result)
		return -1;
	if (values->json) {
		json_t *item = json_object();
		bool good = item && item_set(item, "id", json_integer(id)) &&
			    item_set(item, "url", item_text(str_of(feed.url))) &&
			    item_set(item, "title", item_text(str_of(feed.title))) &&
			    item_set(item, "added", json_boolean(added)) &&
			    item_set(item, "articles", json_integer(articles));
		if (!good) {
			json_decref(item);
			item = NULL;
		}
		result = item_write(call->out, item, JSON_COMPACT, error);
		buffer_byte(out, '\n');
	} else {
		tell_text(out, &feed, added, values->no_fetch ? -1 : articles);
	}
	store_subscription_free(&feed);
	return result ? -1 : output_flush(call->out, error);
}

static int run_with(const struct command_call *call, struct choice *choice, struct error *error)
{
	const struct add_values *values = call->values;
	struct buffer url = {0};
	struct error late = {.status = EX_OK};
	int64_t id, articles = 0;
	bool added;
	int result = address_of(call->operands[0], &url, error);
	if (result == 0 && (values->no_fetch || str_starts(buffer_view(&url), STR("command:"))))
		buffer_str(&choice->url, buffer_view(&url));
	else if (result == 0)
		result = discover(call, url.data, choice, error);
	buffer_free(&url);
	if (result || subscribe(call, choice, &id, &added, error))
		return -1;
	int fetched = values->no_fetch ? 0 : fetch(call, id, &articles, &late);
	if (tell(call, id, added, articles, error))
		return -1;
	return fetched ? error_set(error, late.status, "%s", late.message) : 0;
}

static int run(const struct command_call *call, struct error *error)
{
	struct choice choice = {0};
	int result = run_with(call, &choice, error);
	choice_free(&choice);
	return result;
}

const struct command command_add = {
	.name = "add",
	.operands = "URL",
	.summary = N_("subscribe to a feed, or to the one that a page names"),
	.help = N_("URL is a feed, a page that names one, or command:NAME for a program that\n"
		   "khabar.conf has under [feed command:NAME].  The feed is fetched at once.\n"),
	.options = options,
	.values_size = sizeof(struct add_values),
	.least = 1,
	.most = 1,
	.run = run,
};
