#include "ui/fetching.h"

#include "base/array.h"
#include "base/message.h"
#include "fetch/client.h"
#include "store/search.h"
#include "ui/beside.h"
#include "ui/downloading.h"
#include "ui/outward.h"
#include "ui/view.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	LOOK_MS = 1000,   /* between looks at what others did to the store */
	DUE_SECONDS = 60, /* between looks for feeds that are due */
	IDLE_ARTICLES = 16, /* that are indexed at a time while nothing is done */
	SHOW_MS = 300,    /* between redrawings for new articles while a fetch is under way */
};

struct fetching {
	struct ui *ui;
	struct fetch_client *client; /* NULL: nothing is under way */
	bool quiet;                  /* it was not asked for by the reader */
	int64_t done, feeds;
	int64_t added, failed, later; /* so far; feeds put off */
	int64_t told;                 /* new articles that the desktop is told of */
	int64_t pages;                /* of articles, for their full texts: so far */
	bool unseen;                  /* articles that the views do not know of yet */
	int64_t shown_at;             /* milliseconds */
	int64_t *waiting;             /* ids to be fetched next; all_wait: every feed */
	size_t waiting_count, waiting_cap;
	bool all_wait;
	int64_t due_at;  /* milliseconds: when to look for due feeds */
	int64_t version; /* of the store's data, as last looked at */
};

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct fetching *fetching_new(struct ui *ui)
{
	struct fetching *f = calloc(1, sizeof *f);
	if (!f)
		return NULL;
	f->ui = ui;
	f->due_at = now_ms();
	store_data_version(ui->store, &f->version, NULL);
	return f;
}

void fetching_free(struct fetching *f)
{
	if (!f)
		return;
	fetch_client_free(f->client);
	free(f->waiting);
	free(f);
}

/* ---- starting ---- */

static bool start(struct fetching *f, const int64_t *ids, size_t count, bool due)
{
	struct error error;
	struct fetch_request request = {
		.db = f->ui->options->db,
		.feeds = ids,
		.count = count,
		.due = due,
	};
	f->client = fetch_client_start(&request, &error);
	if (!f->client) {
		/* Nobody who did not ask is bothered by a khabar-fetch that is not there. */
		if (!due)
			ui_error(f->ui, &error);
		return false;
	}
	f->quiet = due;
	f->done = f->feeds = f->added = f->failed = f->later = f->pages = f->told = 0;
	screen_watch(f->ui->screen, FETCHING_WATCH, fetch_client_fd(f->client));
	return true;
}

static void start_waiting(struct fetching *f)
{
	bool all = f->all_wait;
	size_t count = all ? 0 : f->waiting_count;
	if (f->client || (!all && count == 0))
		return;
	f->all_wait = false;
	f->waiting_count = 0;
	start(f, f->waiting, count, false);
}

void fetching_request(struct fetching *f, const int64_t *ids, size_t count)
{
	size_t need = f->waiting_count + count;
	if (count == 0) {
		f->all_wait = true;
	} else if (array_reserve(&f->waiting, &f->waiting_cap, need, sizeof *f->waiting)) {
		memcpy(f->waiting + f->waiting_count, ids, count * sizeof *ids);
		f->waiting_count = need;
	} else {
		ui_say(f->ui, "Out of memory: not fetched");
		return;
	}
	if (f->client)
		ui_say(f->ui, "Fetched after what is under way");
	start_waiting(f);
}

/* ---- following ---- */

static void show_new(struct fetching *f, bool at_once)
{
	int64_t now = now_ms();
	if (!f->unseen || (!at_once && now - f->shown_at < SHOW_MS))
		return;
	f->unseen = false;
	f->shown_at = now;
	f->ui->changes++;
	/* These changes are known now. */
	store_data_version(f->ui->store, &f->version, NULL);
}

/* What it came to, for one who asked; for one who did not, only what is new. */
static void sum_up(struct fetching *f, int status, const char *message)
{
	struct ui *ui = f->ui;
	/* Nobody is talked over who was not the one to ask. */
	if (ui->message.len > 0 && (f->quiet || ui->message_style == ROLE_ERROR))
		return;
	if (f->failed > 0 && !f->quiet)
		ui_say(ui,
			ngettext("%lld article new or changed; %lld of %lld feeds failed",
				"%lld articles new or changed; %lld of %lld feeds failed",
				f->added),
			(long long)f->added, (long long)f->failed, (long long)f->feeds);
	else if (f->added > 0)
		ui_say(ui,
			ngettext("%lld article new or changed", "%lld articles new or changed",
				f->added),
			(long long)f->added);
	else if (status != EX_OK && !f->quiet)
		ui_say(ui, "%s", message[0] ? message : _("Fetching failed"));
	else if (!f->quiet && f->later > 0)
		ui_say(ui, "Nothing new; %lld of %lld feeds later: their host asks for a pause",
			(long long)f->later, (long long)f->feeds);
	else if (!f->quiet)
		ui_say(ui, "Nothing new");
}

static void take_event(struct fetching *f, const struct fetch_event *event)
{
	switch (event->kind) {
	case FETCH_BEGIN:
		f->feeds = event->feeds;
		break;
	case FETCH_FEED:
		f->done = event->done;
		f->feeds = event->feeds;
		f->added += event->added + event->updated;
		f->told += outward_is_told(f->ui, event->url) ? event->added : 0;
		f->failed += event->outcome == FETCH_FAILED || event->outcome == FETCH_STOPPED;
		f->later += event->outcome == FETCH_LATER;
		f->unseen = true;
		break;
	case FETCH_END:
		break;
	case FETCH_PAGE:
		f->pages++;
		f->unseen = true;
		break;
	case FETCH_HOOK:
		outward_hooked(f->ui, event);
		break;
	case FETCH_OVER:
		screen_watch(f->ui->screen, FETCHING_WATCH, -1);
		show_new(f, true);
		sum_up(f, event->status, event->message);
		outward_notify(f->ui, f->told);
		break;
	}
}

void fetching_take(struct fetching *f)
{
	struct fetch_event event = {.kind = FETCH_BEGIN};
	while (f->client && event.kind != FETCH_OVER && fetch_client_next(f->client, &event))
		take_event(f, &event);
	if (event.kind != FETCH_OVER) {
		show_new(f, false);
		return;
	}
	fetch_client_free(f->client);
	f->client = NULL;
	f->due_at = now_ms() + DUE_SECONDS * 1000;
	start_waiting(f);
}

/* ---- by itself ---- */

static void fetch_due(struct fetching *f)
{
	struct store_subscriptions due = {0};
	f->due_at = now_ms() + DUE_SECONDS * 1000;
	if (store_subscriptions(f->ui->store, STORE_DUE, (int64_t)time(NULL), &due, NULL) == 0 &&
		due.count > 0)
		start(f, NULL, 0, true);
	store_subscriptions_free(&due);
}

static void look(struct fetching *f)
{
	int64_t version;
	if (store_data_version(f->ui->store, &version, NULL) < 0 || version == f->version)
		return;
	f->version = version;
	f->ui->changes++;
}

static bool is_automatic(const struct fetching *f)
{
	return strcmp(f->ui->options->config->fetch_auto, "yes") == 0;
}

void fetching_tick(struct fetching *f)
{
	beside_tick(f->ui);
	downloading_tick(f->ui);
	if (f->client) {
		show_new(f, false);
		return;
	}
	int patience = store_set_patience(f->ui->store, 0); /* a key may come */
	store_index(f->ui->store, IDLE_ARTICLES, NULL);     /* what fails is tried again */
	store_set_patience(f->ui->store, patience);
	look(f);
	if (is_automatic(f) && now_ms() >= f->due_at)
		fetch_due(f);
}

int fetching_patience(const struct fetching *f)
{
	(void)f;
	return LOOK_MS;
}

void fetching_gauge(const struct fetching *f, struct buffer *out)
{
	if (f->client && f->pages > 0)
		buffer_printf(out, _("full texts: %lld"), (long long)f->pages);
	else if (f->client && f->feeds > 0)
		buffer_printf(out, _("fetch %lld/%lld"), (long long)f->done, (long long)f->feeds);
	else if (f->client)
		buffer_str(out, str_of(_("fetch")));
}
