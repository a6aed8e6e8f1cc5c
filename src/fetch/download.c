#include "fetch/download.h"

#include "base/io.h"
#include "config/paths.h"
#include "fetch/event.h"
#include "fetch/page.h"
#include "fetch/place.h"
#include "fetch/setup.h"
#include "fetch/stop.h"
#include "net/address.h"
#include "net/wording.h"
#include "store/download.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
	PATIENCE_MS = 30000, /* for another program that writes to the store */
	GLANCE_MS = 500,     /* the same while bytes come */
	NOTE_MS = 1000,      /* between notes of how far it is */
	STEP_MS = 1000,
	DAY_SECONDS = 86400, /* that a file has in all */
	TRIES = 10,          /* after a cut, as long as each brings something */
	PAUSE_MS = 300,      /* before another one */
};

/* All that is downloaded in a run. */
struct run {
	const struct fetch_options *options;
	struct setup setup;
	struct store *store;
	int stop;
	int64_t *tried; /* ids, owned */
	size_t tried_count;
	int64_t failed;
};

/* One file on its way. */
struct download {
	struct run *run;
	struct store_download row;
	struct place place;
	int64_t noted_ms;
	bool begun;         /* this try has brought a first piece */
	bool left;          /* the reader does not want it any more */
	bool ended;         /* the transfer has */
	bool cut;           /* before its end: what came is good, and it may go on */
	bool anew;          /* what is there is of no use */
	bool quit;          /* nobody reads the events any more */
	struct error error; /* status 0: none */
};

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int tell(const struct download *d, enum store_download_state state, struct error *error)
{
	const struct event_file file = {.id = d->row.id,
		.state = store_download_states[state],
		.title = d->row.title,
		.path = d->place.path ? d->place.path : d->row.path,
		.received = d->place.there,
		.size = d->row.size,
		.message = d->error.status ? d->error.message : ""};
	return event_download(d->run->options->output, &file, error);
}

/* ---- what comes -------------------------------------------------------------- */

/* The file is to begin anew. */
static bool empty(struct download *d)
{
	if (ftruncate(d->place.fd, 0)) {
		error_set(&d->error, EX_IOERR, "%.300s: cannot be written: %s", d->place.part,
			strerror(errno));
		return false;
	}
	d->place.there = 0;
	return true;
}

/* Whether a part of a body goes on where the file ends, in the same bytes. */
static bool goes_on(const struct download *d, const struct net_head *head)
{
	const struct store_download *row = &d->row;
	bool other_length = head->length > 0 && row->size > 0 && head->length != row->size;
	bool other_mark = head->etag[0] && row->etag[0] && strcmp(head->etag, row->etag) != 0;
	return head->from == d->place.there && !other_length && !other_mark;
}

/* The first piece of an answer: whose bytes these are, and where they belong. */
static bool begin(struct download *d, const struct net_head *head)
{
	struct error error;
	d->begun = true;
	if (head->status == 206) {
		d->anew = !goes_on(d, head);
		return !d->anew;
	}
	if (d->place.there > 0 && !empty(d))
		return false;
	d->row.size = head->length > 0 ? head->length : 0;
	/* The file is empty, or of these bytes already: a kill between the two does no harm. */
	if (store_download_identify(d->run->store, d->row.id, str_of(head->etag),
		    str_of(head->last_modified), d->row.size, &error) == 0)
		return true;
	d->error = error;
	return false;
}

/* Whether it is to go on. */
static bool note(struct download *d)
{
	struct error late = {0};
	bool wanted = true;
	int64_t now = now_ms();
	if (now - d->noted_ms < NOTE_MS)
		return true;
	d->noted_ms = now;
	/* A store that is busy is told the next time. */
	if (store_download_note(d->run->store, d->row.id, d->place.there, &wanted, &late) == 0)
		d->left = !wanted;
	d->quit |= !d->left && tell(d, DOWNLOAD_RUNNING, &late) < 0;
	return !d->left && !d->quit;
}

static void fail_write(struct download *d, int failed)
{
	if (failed == ENOSPC || failed == EDQUOT || failed == EFBIG)
		error_set(&d->error, EX_IOERR,
			"%.300s: cannot be written: %s: make room and try again, it goes on from "
			"there",
			d->place.part, strerror(failed));
	else
		error_set(&d->error, EX_IOERR, "%.300s: cannot be written: %s", d->place.part,
			strerror(failed));
}

static bool write_piece(struct download *d, struct str bytes)
{
	int64_t most = (int64_t)d->run->setup.config.download_max_size << 20;
	if (most > 0 && d->place.there + (int64_t)bytes.len > most) {
		error_set(&d->error, EX_DATAERR,
			"larger than %lld MiB: raise max-size below [download] in khabar.conf",
			(long long)(most >> 20));
		return false;
	}
	for (size_t done = 0; done < bytes.len;) {
		ssize_t written = pwrite(
			d->place.fd, bytes.ptr + done, bytes.len - done, (off_t)d->place.there);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0) {
			int failed = errno;
			fail_write(d, failed);
			return false;
		}
		done += (size_t)written;
		d->place.there += written;
	}
	return true;
}

static bool take(void *user, const struct net_head *head, struct str bytes)
{
	struct download *d = user;
	if (!d->begun && !begin(d, head))
		return false;
	return write_piece(d, bytes) && note(d);
}

static void answered(void *user, struct net_reply *reply)
{
	enum { RANGE = 416 };
	struct download *d = user;
	d->ended = true;
	if (d->error.status || d->left || d->anew || d->quit)
		return;
	if (reply->result != NET_ANSWERED) {
		d->error = reply->error;
		d->cut = d->begun && reply->result == NET_FAILED;
	} else if (reply->status == RANGE && d->place.there > 0) {
		d->anew = true;
	} else if (reply->status / 100 != 2) {
		wording_of_status(reply->status, &d->error);
		wording_promise_nothing(&d->error);
	} else if (!d->begun && d->place.there == 0) {
		error_set(&d->error, EX_DATAERR, "it is empty: tell those who made it");
	} else if (d->row.size > 0 && d->place.there < d->row.size) {
		error_set(&d->error, EX_UNAVAILABLE, "it ended before its end: try again");
		d->cut = true;
	}
}

/* ---- a try ----------------------------------------------------------------------- */

/* What tells the server which bytes are there: a strong ETag, else the date; "" neither. */
static const char *validator(const struct store_download *row)
{
	bool strong = row->etag[0] == '"';
	return strong ? row->etag : row->last_modified;
}

static int transfer(struct download *d, struct error *error)
{
	const struct config *config = &d->run->setup.config;
	struct net_options network = setup_network(config);
	struct net_request request = {.url = d->row.url,
		.found = true,
		.near = page_same_host(str_of(d->row.feed), str_of(d->row.url)) ||
			address_host_is_near(page_host(str_of(d->row.feed))),
		.take = take,
		.done = answered,
		.user = d};
	if (d->place.there > 0 && validator(&d->row)[0]) {
		request.from = d->place.there;
		request.if_range = validator(&d->row);
	}
	network.jobs = network.per_host = 1;
	network.total_seconds = DAY_SECONDS;
	network.most_bytes = config->download_max_size > 0 ? (size_t)config->download_max_size << 20
							   : SIZE_MAX / 2;
	network.too_large = "raise max-size below [download] in khabar.conf";
	setup_request(config, NULL, &request);
	struct net *net = net_new(&network, error);
	if (!net)
		return -1;
	d->begun = d->ended = d->cut = d->anew = false;
	d->error.status = 0;
	int result = net_start(net, &request, error);
	if (result < 0) { /* no address: that is its own failure */
		d->error = *error;
		d->ended = true;
		result = 0;
	}
	while (result == 0 && !d->ended && !d->left) {
		struct pollfd stop = {d->run->stop, POLLIN, 0};
		result = net_step(net, &stop, 1, STEP_MS, error);
		if (result == 0 && !d->ended)
			note(d);
		if (result == 0 && (stop.revents || d->quit))
			result = 1;
	}
	net_free(net);
	return result;
}

/* Tries as long as each try brings something.  1: told to stop; -1 with *error: nothing goes on. */
static int try_all(struct download *d, struct error *error)
{
	bool began_anew = false;
	for (int i = 0; i < TRIES; i++) {
		int64_t before = d->place.there;
		int result = transfer(d, error);
		if (result != 0)
			return result;
		if (d->anew && !began_anew) {
			began_anew = true;
			if (!empty(d))
				return 0;
			continue;
		}
		if (d->anew)
			error_set(&d->error, EX_UNAVAILABLE,
				"the server sends other bytes than those asked for: try again "
				"later");
		if (!d->cut || d->place.there <= before)
			return 0;
		/* The answer may have been another one than the last: its marks are the store's. */
		struct store_download fresh;
		if (store_download(d->run->store, d->row.id, &fresh, error) < 0)
			return -1;
		store_download_free(&d->row);
		d->row = fresh;
		struct pollfd stop = {d->run->stop, POLLIN, 0};
		if (poll(&stop, 1, PAUSE_MS) > 0)
			return 1;
	}
	return 0;
}

/* ---- one file ---------------------------------------------------------------------- */

static int end(struct download *d, enum store_download_state state, struct error *error)
{
	struct error late;
	store_set_patience(d->run->store, PATIENCE_MS);
	if (store_download_end(d->run->store, d->row.id, state, d->place.there,
		    str_of(d->error.status ? d->error.message : ""), &late) < 0) {
		if (error)
			*error = late;
		return -1;
	}
	d->run->failed += state == DOWNLOAD_FAILED;
	return tell(d, state, error);
}

static int fail(struct download *d, const struct error *why, struct error *error)
{
	d->error = *why;
	return end(d, DOWNLOAD_FAILED, error);
}

/* With its place open. */
static int download_it(struct download *d, struct error *error)
{
	struct error why = {0};
	bool complete = d->place.whole || (d->row.size > 0 && d->place.there == d->row.size);
	store_set_patience(d->run->store, GLANCE_MS);
	int result = complete ? 0 : try_all(d, error);
	if (result < 0)
		return -1;
	if (result == 1) {
		d->error.status = 0;
		if (end(d, DOWNLOAD_QUEUED, error) < 0)
			return -1;
		return error_set(error, EX_TEMPFAIL, "%s", "");
	}
	if (d->left) { /* paused, or out of the queue */
		d->error.status = 0;
		return tell(d, DOWNLOAD_PAUSED, error);
	}
	if (d->error.status == 0 && place_finish(&d->place, d->run->store, d->row.id, &why) < 0)
		d->error = why;
	return end(d, d->error.status ? DOWNLOAD_FAILED : DOWNLOAD_DONE, error);
}

static int download(struct run *run, int64_t id, struct error *error)
{
	struct download d = {.run = run, .place = {.fd = -1}};
	struct error why = {0};
	bool wanted = false;
	if (store_download(run->store, id, &d.row, &why) < 0) {
		if (why.status == EX_NOINPUT) /* taken out meanwhile */
			return 0;
		*error = why;
		return -1;
	}
	int placed = place_open(&d.place, run->store, &d.row, &run->setup.config, &why);
	int result = 0;
	if (placed != PLACE_TAKEN)
		result = store_download_start(run->store, id, &wanted, error);
	if (result == 0 && wanted)
		result = placed < 0 ? fail(&d, &why, error) : download_it(&d, error);
	place_close(&d.place);
	store_download_free(&d.row);
	return result;
}

/* ---- all of them --------------------------------------------------------------------- */

static bool was_tried(const struct run *run, int64_t id)
{
	size_t i = 0;
	while (i < run->tried_count && run->tried[i] != id)
		i++;
	return i < run->tried_count;
}

static int note_tried(struct run *run, int64_t id, struct error *error)
{
	int64_t *more = realloc(run->tried, (run->tried_count + 1) * sizeof *more);
	if (!more)
		return error_no_memory(error);
	run->tried = more;
	run->tried[run->tried_count++] = id;
	return 0;
}

/* The next one that is to be downloaded; 0: there is none. */
static int next(struct run *run, int64_t *id, struct error *error)
{
	struct store_downloads all;
	*id = 0;
	if (store_downloads(run->store, &all, error) < 0)
		return -1;
	for (size_t i = 0; i < all.count && *id == 0; i++) {
		enum store_download_state state = all.items[i].state;
		if ((state == DOWNLOAD_QUEUED || state == DOWNLOAD_RUNNING) &&
			!was_tried(run, all.items[i].id))
			*id = all.items[i].id;
	}
	store_downloads_free(&all);
	return *id ? note_tried(run, *id, error) : 0;
}

static int want_failed(struct run *run, struct error *error)
{
	struct store_downloads all;
	if (store_downloads(run->store, &all, error) < 0)
		return -1;
	int result = 0;
	for (size_t i = 0; i < all.count && result == 0; i++) {
		if (all.items[i].state == DOWNLOAD_FAILED)
			result = store_download_want(run->store, all.items[i].id, true, error);
	}
	store_downloads_free(&all);
	return result;
}

static int64_t number_of(const char *text)
{
	int64_t id = 0;
	for (; *text >= '0' && *text <= '9' && id < INT64_MAX / 10 - 1; text++)
		id = id * 10 + (*text - '0');
	return *text ? 0 : id;
}

static int run_named(struct run *run, char *const *ids, size_t count, struct error *error)
{
	for (size_t i = 0; i < count; i++) {
		int64_t id = number_of(ids[i]);
		if (id == 0)
			return error_set(error, EX_USAGE,
				"%.80s: is no number of the queue: see khabar download --list",
				ids[i]);
		if (store_download_want(run->store, id, true, error) < 0 ||
			download(run, id, error) < 0)
			return -1;
	}
	return 0;
}

static int run_queue(struct run *run, bool retry, struct error *error)
{
	int64_t id;
	if (retry && want_failed(run, error) < 0)
		return -1;
	for (;;) {
		if (next(run, &id, error) < 0)
			return -1;
		if (id == 0)
			return 0;
		if (download(run, id, error) < 0)
			return -1;
	}
}

static struct store *open_store(const struct fetch_options *options, struct error *error)
{
	char *usual = options->db ? NULL : paths_store(error);
	if (!options->db && !usual)
		return NULL;
	struct store *store = store_open(options->db ? options->db : usual, STORE_WRITE, error);
	free(usual);
	if (store)
		store_set_patience(store, PATIENCE_MS);
	return store;
}

int download_main(
	const struct fetch_options *options, char *const *ids, size_t count, struct error *error)
{
	struct run run = {.options = options};
	if (setup_make(&run.setup, options, error))
		return -1;
	signal(SIGXFSZ, SIG_IGN); /* a limit on files is an error of the write */
	run.store = open_store(options, error);
	run.stop = run.store ? stop_descriptor(error) : -1;
	int result = run.stop < 0 ? -1 : 0;
	if (result == 0)
		result = count > 0 ? run_named(&run, ids, count, error)
				   : run_queue(&run, options->retry, error);
	if (result == 0 && run.failed > 0)
		result = error_set(error, EX_UNAVAILABLE, "%s", "");
	free(run.tried);
	store_close(run.store);
	setup_free(&run.setup);
	return result;
}
