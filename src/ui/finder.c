#include "ui/finder.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	FIRST_MS = 34,     /* the first rows are shown after that, be they all or not */
	FIRST_ROWS = 60,   /* more than a screen has */
	INDEX_STEP = 256,  /* articles */
	TELL_MS = 300,     /* between two words on the progress of indexing */
	PATIENCE_MS = 200, /* with another process that is writing */
	REST_MS = 1000,    /* after indexing failed: it is tried again */
	PERCENT = 100,
};

struct finder {
	pthread_t thread;
	pthread_mutex_t mutex; /* of all below but where it says otherwise */
	pthread_cond_t wanted;
	struct store *store; /* the thread's; search_interrupt() from anywhere */
	int ends[2];         /* a byte in it: there is news */

	/* What is to be done. */
	bool quit, typing;
	struct buffer text;
	unsigned long asked; /* number of the text */
	size_t want;         /* rows */
	unsigned long busy;  /* the thread is at this number, 0: at none */

	/* What was done. */
	struct finder_news news;
	bool unread;
};

/* ---- in the thread -------------------------------------------------------- */

struct task {
	unsigned long number;
	struct search *search; /* of it */
	size_t told;           /* hits that were handed out */
	size_t want;
};

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void wake_reader(struct finder *f)
{
	if (!f->unread)
		(void)!write(f->ends[1], "", 1);
	f->unread = true;
}

/* Appends the rows to those that were not taken yet.  False when out of memory. */
static bool append(struct search_page *page, struct search_page *more)
{
	size_t count = page->count + more->count;
	struct search_hit *items = page->items;
	if (more->count == 0)
		return true;
	items = realloc(items, count * sizeof *items);
	if (!items)
		return false;
	memcpy(items + page->count, more->items, more->count * sizeof *items);
	free(more->items);
	*more = (struct search_page){0};
	page->items = items;
	page->count = count;
	return true;
}

/* Hands out the rows, unless another text was asked for in the meantime. */
static void tell(struct finder *f, struct task *task, struct search_page *page, bool first,
	bool searching, const struct error *error)
{
	pthread_mutex_lock(&f->mutex);
	if (task->number == f->asked) {
		struct finder_news *news = &f->news;
		if (first) {
			search_page_free(&news->page);
			news->fresh = true;
		}
		append(&news->page, page);
		news->searching = searching;
		news->error = *error;
		news->empty = task->search && search_is_empty(task->search);
		news->complete = task->search && search_is_complete(task->search) &&
				 task->told == search_count(task->search);
		snprintf(news->complaint, sizeof news->complaint, "%s",
			task->search ? search_complaint(task->search) : "");
		news->newest = task->search && search_ordered(task->search) == SEARCH_NEWEST;
		wake_reader(f);
	}
	pthread_mutex_unlock(&f->mutex);
	search_page_free(page);
}

static bool is_wanted(struct finder *f, const struct task *task)
{
	pthread_mutex_lock(&f->mutex);
	bool wanted = !f->quit && f->asked == task->number;
	pthread_mutex_unlock(&f->mutex);
	return wanted;
}

/* Looks on for up to `milliseconds` (0: to the end) and hands out what there is then. */
static bool look(struct finder *f, struct task *task, int milliseconds, bool first)
{
	struct search_page page = {0};
	struct error error = {0};
	int result = search_run(task->search, task->want, milliseconds, &error);
	size_t count = search_count(task->search);
	size_t end = count < task->want ? count : task->want;
	if (result == 0 && end > task->told)
		result = search_hits(task->search, task->told, end - task->told, &page, &error);
	if (!is_wanted(f, task)) { /* interrupted: what there is is of no use */
		search_page_free(&page);
		return false;
	}
	if (result == 0)
		error.status = 0;
	if (result == 0 && end > task->told)
		task->told = end;
	bool searching = result == 0 && count < task->want && !search_is_complete(task->search);
	tell(f, task, &page, first, searching, &error);
	return searching;
}

static void start(struct finder *f, struct task *task, struct str text, bool typing)
{
	struct error error = {0};
	const struct search_request request = {.text = text, .typing = typing};
	search_free(task->search);
	task->told = 0;
	task->search = search_new(f->store, &request, &error);
	if (!task->search) {
		struct search_page none = {0};
		tell(f, task, &none, true, false, &error);
		return;
	}
	if (look(f, task, FIRST_MS, true))
		look(f, task, 0, false);
}

static void tell_indexed(struct finder *f, int percent)
{
	pthread_mutex_lock(&f->mutex);
	if (f->news.indexed != percent) {
		f->news.indexed = percent;
		wake_reader(f);
	}
	pthread_mutex_unlock(&f->mutex);
}

static int percent_indexed(struct finder *f)
{
	int64_t pending, articles;
	if (store_index_state(f->store, &pending, &articles, NULL) < 0 || pending <= 0)
		return PERCENT;
	if (articles < pending)
		return 0;
	int percent = (int)((articles - pending) * PERCENT / articles);
	return percent < PERCENT ? percent : PERCENT - 1;
}

struct indexing {
	int64_t told_at;
	bool any; /* something was indexed since the last search */
};

/* A step.  How long to wait until the next, milliseconds; -1: until something is asked for. */
static int index_some(struct finder *f, struct indexing *indexing)
{
	int done = store_index(f->store, INDEX_STEP, NULL);
	if (done < 0)
		return REST_MS;
	if (done > 0) {
		indexing->any = true;
		if (now_ms() - indexing->told_at > TELL_MS) {
			indexing->told_at = now_ms();
			tell_indexed(f, percent_indexed(f));
		}
		return 0;
	}
	tell_indexed(f, PERCENT);
	return -1;
}

/* With the mutex: waits until there is something to do; true when there is. */
static bool wait(struct finder *f, const struct task *task, int milliseconds)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += milliseconds / 1000;
	until.tv_nsec += milliseconds % 1000 * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_nsec -= 1000000000;
		until.tv_sec++;
	}
	while (!f->quit && f->asked == task->number && f->want <= task->want) {
		if (milliseconds < 0)
			pthread_cond_wait(&f->wanted, &f->mutex);
		else if (pthread_cond_timedwait(&f->wanted, &f->mutex, &until) != 0)
			return false;
	}
	return true;
}

/* Takes the next task; *text is a copy of it when it is a new one. */
static bool take_task(
	struct finder *f, struct task *task, int milliseconds, struct buffer *text, bool *typing)
{
	pthread_mutex_lock(&f->mutex);
	f->busy = 0;
	bool any = milliseconds == 0 ? f->quit || f->asked != task->number || f->want > task->want
				     : wait(f, task, milliseconds);
	buffer_clear(text);
	if (any && f->asked != task->number) {
		buffer_str(text, buffer_view(&f->text));
		*typing = f->typing;
	}
	if (any)
		f->busy = f->asked;
	pthread_mutex_unlock(&f->mutex);
	return any;
}

static void *run(void *user)
{
	struct finder *f = user;
	struct task task = {0};
	struct buffer text = {0};
	struct indexing indexing = {0};
	bool typing = false;
	int patience = 0;
	tell_indexed(f, percent_indexed(f));
	for (;;) {
		bool any = take_task(f, &task, patience, &text, &typing);
		pthread_mutex_lock(&f->mutex);
		bool quit = f->quit;
		bool fresh = any && f->busy != task.number;
		unsigned long number = f->busy;
		size_t want = f->want;
		pthread_mutex_unlock(&f->mutex);
		if (quit)
			break;
		if (!any) {
			patience = index_some(f, &indexing);
			/* All is there now: what was looked for may be among it. */
			if (patience < 0 && indexing.any && task.search && task.number > 0)
				finder_more(f, 0);
			indexing.any &= patience >= 0;
			continue;
		}
		task.want = want;
		patience = 0;
		if (fresh) {
			task.number = number;
			start(f, &task, buffer_view(&text), typing);
		} else if (task.search) {
			look(f, &task, 0, false);
		}
	}
	search_free(task.search);
	buffer_free(&text);
	return NULL;
}

/* ---- for the reader ------------------------------------------------------- */

/* The signals are the reader's. */
static int start_thread(struct finder *f)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int code = pthread_create(&f->thread, NULL, run, f);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return code;
}

struct finder *finder_new(const char *path, struct error *error)
{
	struct finder *f = calloc(1, sizeof *f);
	if (!f) {
		error_no_memory(error);
		return NULL;
	}
	f->store = store_open(path, STORE_WRITE, error);
	if (!f->store || pipe2(f->ends, O_NONBLOCK | O_CLOEXEC) < 0) {
		if (f->store)
			error_set(error, EX_OSERR, "search: no pipe: %s", strerror(errno));
		store_close(f->store);
		free(f);
		return NULL;
	}
	store_set_patience(f->store, PATIENCE_MS);
	store_set_cache(f->store, STORE_READER_CACHE);
	pthread_mutex_init(&f->mutex, NULL);
	pthread_cond_init(&f->wanted, NULL);
	f->want = FIRST_ROWS;
	f->news.indexed = PERCENT;
	if (start_thread(f) != 0) {
		error_set(error, EX_OSERR, "search: no thread could be started: try again");
		f->quit = true;
	}
	if (f->quit) {
		store_close(f->store);
		close(f->ends[0]);
		close(f->ends[1]);
		free(f);
		return NULL;
	}
	return f;
}

void finder_free(struct finder *f)
{
	if (!f)
		return;
	pthread_mutex_lock(&f->mutex);
	f->quit = true;
	f->asked++;
	search_interrupt(f->store);
	pthread_cond_signal(&f->wanted);
	pthread_mutex_unlock(&f->mutex);
	pthread_join(f->thread, NULL);
	pthread_mutex_destroy(&f->mutex);
	pthread_cond_destroy(&f->wanted);
	store_close(f->store);
	search_page_free(&f->news.page);
	buffer_free(&f->text);
	close(f->ends[0]);
	close(f->ends[1]);
	free(f);
}

int finder_fd(const struct finder *f)
{
	return f->ends[0];
}

void finder_look(struct finder *f, struct str text, bool typing)
{
	pthread_mutex_lock(&f->mutex);
	buffer_clear(&f->text);
	buffer_str(&f->text, text);
	f->typing = typing;
	f->asked++;
	f->want = FIRST_ROWS;
	search_interrupt(f->store);
	search_page_free(&f->news.page);
	f->news.fresh = false;
	pthread_cond_signal(&f->wanted);
	pthread_mutex_unlock(&f->mutex);
}

void finder_more(struct finder *f, size_t want)
{
	pthread_mutex_lock(&f->mutex);
	if (want > f->want)
		f->want = want;
	else if (want == 0) /* the same text anew */
		f->asked++;
	pthread_cond_signal(&f->wanted);
	pthread_mutex_unlock(&f->mutex);
}

bool finder_take(struct finder *f, struct finder_news *news)
{
	char bytes[16];
	while (read(f->ends[0], bytes, sizeof bytes) > 0)
		;
	pthread_mutex_lock(&f->mutex);
	bool any = f->unread;
	*news = f->news;
	f->news.page = (struct search_page){0};
	f->news.fresh = false;
	f->unread = false;
	pthread_mutex_unlock(&f->mutex);
	return any;
}
