#include "fetch/client.h"

#include "base/retell.h"
#include "fetch/launch.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	LINE_LONGEST = 1 << 20, /* bytes of an event */
	SAID_MOST = 16 << 10,   /* bytes of messages that are kept */
};

struct fetch_client {
	struct launch launch;
	struct buffer pending; /* read, not yet told */
	size_t told;           /* bytes of it that were */
	struct buffer said;    /* on standard error */
	struct buffer line;    /* of the event told last */
	json_t *event;         /* the same, decoded */
	struct buffer words;   /* its message, in the language in use */
	char message[512];
	bool stopping, over;
};

/* ---- starting ---------------------------------------------------------------- */

struct fetch_client *fetch_client_start(const struct fetch_request *request, struct error *error)
{
	enum { OPTIONS_MOST = 8 };
	size_t count = 0;
	char jobs[16];
	struct fetch_client *client = calloc(1, sizeof *client);
	const char **arguments = calloc(OPTIONS_MOST + request->count + 2, sizeof *arguments);
	char(*ids)[24] = calloc(request->count + 1, sizeof *ids);
	int result = client && arguments && ids ? 0 : error_no_memory(error);
	if (result == 0) {
		arguments[count++] = "fetch";
		if (request->due)
			arguments[count++] = "--due";
		if (request->require_sandbox)
			arguments[count++] = "--require-sandbox";
		if (request->jobs > 0) {
			snprintf(jobs, sizeof jobs, "%d", request->jobs);
			arguments[count++] = "--jobs";
			arguments[count++] = jobs;
		}
		if (request->db) {
			arguments[count++] = "--db";
			arguments[count++] = request->db;
		}
		for (size_t i = 0; i < request->count; i++) {
			snprintf(ids[i], sizeof ids[i], "%" PRId64, request->feeds[i]);
			arguments[count++] = ids[i];
		}
		result = launch_start(&client->launch, arguments, error);
	}
	free(ids);
	free(arguments);
	if (result == 0)
		return client;
	free(client);
	return NULL;
}

int fetch_client_fd(const struct fetch_client *client)
{
	return client->over ? -1 : client->launch.output;
}

void fetch_client_stop(struct fetch_client *client)
{
	if (client->over || client->stopping)
		return;
	client->stopping = true;
	kill(client->launch.pid, SIGTERM);
}

void fetch_client_free(struct fetch_client *client)
{
	if (!client)
		return;
	if (!client->over) {
		kill(client->launch.pid, SIGTERM);
		if (client->launch.output >= 0)
			close(client->launch.output);
		if (client->launch.errors >= 0)
			close(client->launch.errors);
		launch_wait(&client->launch);
	}
	json_decref(client->event);
	buffer_free(&client->pending);
	buffer_free(&client->said);
	buffer_free(&client->line);
	buffer_free(&client->words);
	free(client);
}

/* ---- events ------------------------------------------------------------------- */

/* Reads what there is.  False at the end. */
static bool read_some(int *fd, struct buffer *to, size_t most)
{
	char block[16384];
	ssize_t got;
	if (*fd < 0)
		return false;
	while ((got = read(*fd, block, sizeof block)) > 0) {
		if (to->len < most)
			buffer_add(to, block, (size_t)got);
	}
	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return true;
	close(*fd);
	*fd = -1;
	return false;
}

static const char *text_of(const json_t *event, const char *name)
{
	const char *text = json_string_value(json_object_get(event, name));
	return text ? text : "";
}

static int64_t number_of(const json_t *event, const char *name)
{
	return (int64_t)json_integer_value(json_object_get(event, name));
}

/* The place of the text among these, which end with NULL; -1. */
static int place_of(const char *const *words, const char *text)
{
	for (int i = 0; words[i]; i++) {
		if (strcmp(words[i], text) == 0)
			return i;
	}
	return -1;
}

static const char *const kinds[] = {[FETCH_BEGIN] = "begin",
	[FETCH_FEED] = "feed",
	[FETCH_END] = "end",
	[FETCH_PAGE] = "page",
	[FETCH_HOOK] = "hook",
	NULL};
static const char *const outcomes[] = {[FETCH_NEW] = "new",
	[FETCH_SAME] = "same",
	[FETCH_FAILED] = "failed",
	[FETCH_STOPPED] = "stopped",
	[FETCH_LATER] = "later",
	NULL};

/* False: the line is none of ours. */
static bool decode(struct fetch_client *client, struct str line, struct fetch_event *event)
{
	json_decref(client->event);
	client->event = json_loadb(line.ptr, line.len, 0, NULL);
	const json_t *it = client->event;
	int kind = place_of(kinds, text_of(it, "event"));
	int outcome = place_of(outcomes, text_of(it, "outcome"));
	bool ends = kind == FETCH_FEED || kind == FETCH_PAGE || kind == FETCH_HOOK;
	if (kind < 0 || (ends && outcome < 0))
		return false;
	buffer_clear(&client->words);
	retell(&client->words, str_of(text_of(it, "message")));
	buffer_clear(&client->line);
	buffer_str(&client->line, line);
	*event = (struct fetch_event){
		.kind = (enum fetch_event_kind)kind,
		.id = number_of(it, kind == FETCH_PAGE ? "article" : "id"),
		.url = text_of(it, "url"),
		.title = text_of(it, "title"),
		.message = client->words.data ? client->words.data : "",
		.outcome = outcome < 0 ? FETCH_SAME : (enum fetch_outcome)outcome,
		.http = (int)number_of(it, "http"),
		.added = number_of(it, kind == FETCH_HOOK ? "articles" : "added"),
		.updated = number_of(it, "updated"),
		.done = number_of(it, "done"),
		.feeds = number_of(it, "feeds"),
		.failed = number_of(it, "failed"),
		.line = client->line.data ? client->line.data : "",
	};
	return true;
}

/* The next whole line that is an event. */
static bool next_line(struct fetch_client *client, struct fetch_event *event)
{
	struct buffer *pending = &client->pending;
	while (client->told < pending->len) {
		const char *start = pending->data + client->told;
		size_t left = pending->len - client->told;
		const char *newline = memchr(start, '\n', left);
		if (!newline && left < LINE_LONGEST)
			break;
		size_t length = newline ? (size_t)(newline - start) : left;
		client->told += newline ? length + 1 : length;
		if (decode(client, (struct str){start, length}, event))
			return true;
	}
	if (client->told > 0) {
		memmove(pending->data, pending->data + client->told, pending->len - client->told);
		pending->len -= client->told;
		client->told = 0;
	}
	return false;
}

static void end(struct fetch_client *client, struct fetch_event *event)
{
	struct error why = {0};
	int status = launch_wait(&client->launch);
	client->over = true;
	read_some(&client->launch.errors, &client->said, SAID_MOST);
	if (client->launch.errors >= 0)
		close(client->launch.errors);
	client->launch.errors = -1;
	if (client->stopping)
		status = EX_OK;
	if (status != EX_OK || client->said.len > 0)
		launch_message(buffer_view(&client->said), status, &why);
	memcpy(client->message, why.message, sizeof client->message);
	*event = (struct fetch_event){.kind = FETCH_OVER,
		.url = "",
		.title = "",
		.message = client->message,
		.status = status};
}

bool fetch_client_next(struct fetch_client *client, struct fetch_event *event)
{
	if (client->over)
		return false;
	if (next_line(client, event))
		return true;
	read_some(&client->launch.errors, &client->said, SAID_MOST);
	bool more = read_some(&client->launch.output, &client->pending, SIZE_MAX);
	if (next_line(client, event))
		return true;
	if (more && !client->pending.failed)
		return false;
	if (client->pending.failed)
		kill(client->launch.pid, SIGTERM);
	end(client, event);
	return true;
}
