/*
 * bench/wire-bench FOLDER KHABAR [NEWSBOAT]: bytes sent to the terminal for each thing a reader does.
 *
 * The same 400 articles, in Arabic and in English (bench/corpus.h), for khabar and for newsboat;
 * both run on a pty, a libvterm as the screen behind it.  An action is done several times in a
 * row; the medians are printed of: the bytes the program wrote; the floor, which is the UTF-8 of
 * the rows that stand on the screen now and stood nowhere on it before (blanks at the ends left
 * out); and the milliseconds from the key to the last byte.  At last Down is held, 30 a second,
 * on a line that takes few bytes a second: how long the screen still moves after it is let go.
 */
#include "corpus.h"

#include "store/store.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <vterm.h>

enum {
	ARTICLES = 400,
	ARTICLE_BYTES = 6000,
	TITLE_BYTES = 90,
	QUIET_MS = 60,
	START_MS = 400,
	MOST_ROWS = 64,
	ROW_BYTES = 2048,
	MOST_TIMES = 32,
	HELD_KEYS = 150,     /* five seconds of a held key */
	KEY_MS = 33,         /* 30 a second */
	LINE_BYTES_MS = 1,   /* a slow line: 1,000 bytes a second */
	HELD_LIMIT_MS = 60000,
};

#define DOWN "\033OB"
#define HOME "\033OH" /* articles open where an earlier run left them */

/* What is done, how often in a row, and what is typed before. */
static const struct action {
	const char *name, *before, *keys;
	int before_times, times;
	bool shows; /* something new is shown: the floor means something */
} ACTIONS[] = {
	{"first list", NULL, "\r", 0, 1, true},
	{"list: move", NULL, DOWN, 0, 10, false},
	{"list: scroll", DOWN, DOWN, MOST_ROWS, 10, true},
	{"open article", NULL, "\r", 0, 1, true},
	{"scroll a line", HOME, DOWN, 1, 20, true},
	{"page", HOME, " ", 1, 1, true},
	{"next article", NULL, "J", 0, 9, true},
};
enum { ACTION_COUNT = sizeof ACTIONS / sizeof *ACTIONS };

struct rows {
	char text[MOST_ROWS][ROW_BYTES];
	int count;
};

struct terminal {
	pid_t child;
	int fd;
	VTerm *vterm;
	VTermScreen *screen;
	int rows, columns;
	size_t bytes; /* that came */
	double last;  /* when the last of them came, milliseconds */
};

static void die(const char *what)
{
	fprintf(stderr, "wire: %s: %s\n", what, strerror(errno));
	exit(EXIT_FAILURE);
}

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* ---- the terminal ---- */

/* As a terminal on the same machine does: whoever asks what it is is told at once. */
static void answer(int fd, const char *bytes, size_t len)
{
	static const char status[] = "\033[5n", fine[] = "\033[0n";
	static size_t matched;
	static const char question[] = "\033[>c\033[c";
	static const char xterm[] = "\033[1;2R\033[8;0$y\033P>|XTerm(379)\033\\"
				    "\033[>41;379;0c\033[?64;1c";
	if (memmem(bytes, len, question, sizeof question - 1) &&
		write(fd, xterm, sizeof xterm - 1) < 0)
		die("answer");
	for (size_t i = 0; i < len; i++) {
		matched = bytes[i] == status[matched] ? matched + 1 : bytes[i] == status[0];
		if (matched + 1 == sizeof status) {
			matched = 0;
			if (write(fd, fine, sizeof fine - 1) < 0)
				die("answer");
		}
	}
}

static bool take(struct terminal *t, size_t most)
{
	char bytes[65536];
	ssize_t len = read(t->fd, bytes, most < sizeof bytes ? most : sizeof bytes);
	if (len <= 0)
		return false;
	t->bytes += (size_t)len;
	t->last = now_ms();
	vterm_input_write(t->vterm, bytes, (size_t)len);
	answer(t->fd, bytes, (size_t)len);
	return true;
}

static void settle(struct terminal *t, int quiet)
{
	struct pollfd ready = {.fd = t->fd, .events = POLLIN};
	while (poll(&ready, 1, quiet) > 0 && take(t, SIZE_MAX))
		continue;
}

static void type(struct terminal *t, const char *keys)
{
	if (write(t->fd, keys, strlen(keys)) < 0)
		die("write");
}

static void start(struct terminal *t, int rows, int columns, const char *const *command)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
	*t = (struct terminal){.rows = rows, .columns = columns};
	t->child = forkpty(&t->fd, NULL, NULL, &size);
	if (t->child < 0)
		die("forkpty");
	if (t->child == 0) {
		setenv("TERM", "xterm-256color", 1);
		setenv("LC_ALL", "C.UTF-8", 1);
		execvp(command[0], (char *const *)command);
		_exit(127);
	}
	t->vterm = vterm_new(rows, columns);
	if (!t->vterm)
		die("vterm");
	vterm_set_utf8(t->vterm, 1);
	t->screen = vterm_obtain_screen(t->vterm);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
	settle(t, START_MS);
}

static void stop(struct terminal *t)
{
	kill(t->child, SIGTERM);
	settle(t, START_MS);
	close(t->fd);
	while (waitpid(t->child, NULL, 0) < 0 && errno == EINTR)
		continue;
	vterm_free(t->vterm);
}

static void read_rows(const struct terminal *t, struct rows *rows)
{
	rows->count = t->rows < MOST_ROWS ? t->rows : MOST_ROWS;
	for (int i = 0; i < rows->count; i++) {
		VTermRect row = {i, i + 1, 0, t->columns};
		size_t len = vterm_screen_get_text(t->screen, rows->text[i], ROW_BYTES - 1, row);
		while (len > 0 && rows->text[i][len - 1] == ' ')
			len--;
		rows->text[i][len] = 0;
	}
}

/* Bytes of the rows of `after` that are not in `before`. */
static size_t new_text(const struct rows *before, const struct rows *after)
{
	size_t bytes = 0;
	for (int i = 0; i < after->count; i++) {
		int j = 0;
		while (j < before->count && strcmp(after->text[i], before->text[j]) != 0)
			j++;
		const char *text = after->text[i];
		if (j == before->count)
			bytes += strlen(text + strspn(text, " "));
	}
	return bytes;
}

/* ---- measuring ---- */

struct figures {
	double bytes, floor, time; /* medians */
};

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *values, int count)
{
	qsort(values, (size_t)count, sizeof *values, compare);
	return values[count / 2];
}

static struct figures measure(struct terminal *t, const struct action *action)
{
	static struct rows before, after;
	double bytes[MOST_TIMES], floor[MOST_TIMES], time[MOST_TIMES];
	int times = action->before_times < t->rows ? action->before_times : t->rows;
	for (int i = 0; i < times; i++) {
		type(t, action->before);
		settle(t, QUIET_MS / 3);
	}
	settle(t, QUIET_MS);
	for (int i = 0; i < action->times; i++) {
		read_rows(t, &before);
		t->bytes = 0;
		double pressed = t->last = now_ms();
		type(t, action->keys);
		settle(t, QUIET_MS);
		read_rows(t, &after);
		bytes[i] = (double)t->bytes;
		floor[i] = (double)new_text(&before, &after);
		time[i] = t->last - pressed;
	}
	return (struct figures){median(bytes, action->times), median(floor, action->times),
		median(time, action->times)};
}

/* Milliseconds that the list still moves after a key that was held is let go. */
static double hold(struct terminal *t)
{
	type(t, "q");
	settle(t, QUIET_MS);
	double began = now_ms(), drained = began, released = 0;
	int pressed = 0;
	struct pollfd ready = {.fd = t->fd, .events = POLLIN};
	while (now_ms() - began < HELD_LIMIT_MS) {
		double now = now_ms();
		if (pressed < HELD_KEYS && now - began >= pressed * KEY_MS) {
			type(t, DOWN);
			pressed++;
			released = now;
		}
		size_t room = now > drained ? (size_t)((now - drained) * LINE_BYTES_MS) : 0;
		if (room >= 16 && poll(&ready, 1, 0) > 0) {
			size_t had = t->bytes;
			take(t, room);
			drained += (double)(t->bytes - had) / LINE_BYTES_MS;
		} else if (room >= 16) {
			drained = now; /* an idle line saves nothing up */
		}
		if (pressed == HELD_KEYS && now - t->last > 1000 && poll(&ready, 1, 0) == 0)
			break;
		usleep(2000);
	}
	double moved = t->last - released;
	settle(t, QUIET_MS);
	return moved > 0 ? moved : 0;
}

struct run {
	struct figures figures[ACTION_COUNT];
	double held;
};

static struct run run(int rows, int columns, const char *const *command)
{
	struct terminal t;
	struct run run;
	start(&t, rows, columns, command);
	for (int i = 0; i < ACTION_COUNT; i++)
		run.figures[i] = measure(&t, &ACTIONS[i]);
	run.held = hold(&t);
	stop(&t);
	return run;
}

/* ---- the articles, for both ---- */

static void write_item(FILE *feed, struct str title, struct str html, int number)
{
	fprintf(feed,
		"<item><title>%.*s</title><guid isPermaLink=\"false\">%d</guid>"
		"<pubDate>%02d Oct 2026 10:00:00 GMT</pubDate><description><![CDATA[%.*s]]>"
		"</description></item>\n",
		(int)title.len, title.ptr, number, number % 28 + 1, (int)html.len, html.ptr);
}

static void make_html(struct str text, struct buffer *html)
{
	for (struct str line; text.len > 0;) {
		const char *end = memchr(text.ptr, '\n', text.len);
		line = (struct str){text.ptr, end ? (size_t)(end - text.ptr) : text.len};
		text = (struct str){text.ptr + line.len, text.len - line.len};
		if (end)
			text = (struct str){text.ptr + 1, text.len - 1};
		buffer_str(html, STR("<p>"));
		for (size_t i = 0; i < line.len; i++)
			buffer_str(html, line.ptr[i] == '<' || line.ptr[i] == '&'
						 ? STR("-")
						 : (struct str){line.ptr + i, 1});
		buffer_str(html, STR("</p>"));
	}
}

/* About ARTICLE_BYTES of it in whole paragraphs, from the first that begins behind `from`. */
static struct str paragraphs_at(struct str text, size_t from)
{
	size_t to = from + ARTICLE_BYTES;
	while (from > 0 && from < text.len && text.ptr[from - 1] != '\n')
		from++;
	while (to < text.len && text.ptr[to - 1] != '\n')
		to++;
	return (struct str){text.ptr + from, (to < text.len ? to : text.len) - from};
}

/* The first words, up to TITLE_BYTES. */
static struct str title_of(struct str text)
{
	size_t len = 0, end = 0;
	while (len < text.len && len < TITLE_BYTES && text.ptr[len] != '\n') {
		if (text.ptr[len] == ' ')
			end = len;
		len++;
	}
	return (struct str){text.ptr, end > 0 ? end : len};
}

static void fill(const char *language, const char *store_path, const char *feed_path)
{
	struct vocabulary vocabulary;
	const struct vocabulary *const only[] = {&vocabulary};
	const char *data = getenv("KHABAR_DATADIR");
	struct buffer samples = {0}, corpus = {0};
	struct error error;
	buffer_printf(&samples, "%s/samples", data ? data : ".");
	if (!vocabulary_read(&vocabulary, samples.data, language))
		die("samples");
	if (!corpus_make(&corpus, only, 1, (ARTICLES + 1) * ARTICLE_BYTES))
		die("corpus");
	struct store *store = store_open(store_path, STORE_CREATE, &error);
	FILE *feed = fopen(feed_path, "w");
	int64_t feed_id = 0, id;
	if (!store || !feed || store_begin(store, &error) < 0)
		die(feed_path);
	fprintf(feed, "<rss version=\"2.0\"><channel><title>wire</title>\n");
	if (store_feed_ensure(store, STR("https://example.org/wire"), STR("wire"), &feed_id,
		    &error) < 0)
		die("feed");
	for (int i = 0; i < ARTICLES; i++) {
		struct buffer html = {0}, guid = {0};
		make_html(paragraphs_at(buffer_view(&corpus), (size_t)i * ARTICLE_BYTES), &html);
		buffer_printf(&guid, "%d", i);
		struct str title = title_of(buffer_view(&html));
		title = (struct str){title.ptr + 3, title.len - 3}; /* without its <p> */
		struct store_new_article article = {.guid = buffer_view(&guid),
			.title = title,
			.language = str_of(language),
			.html = buffer_view(&html),
			.published = 1793000000 + i * 3600};
		if (store_add(store, feed_id, &article, &id, NULL, &error) < 0)
			die(error.message);
		write_item(feed, title, buffer_view(&html), i);
		buffer_free(&html);
		buffer_free(&guid);
	}
	fprintf(feed, "</channel></rss>\n");
	if (store_commit(store, &error) < 0 || fclose(feed) != 0)
		die("write");
	store_close(store);
	buffer_free(&samples);
	buffer_free(&corpus);
	vocabulary_free(&vocabulary);
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");
	if (!file || fputs(text, file) < 0 || fclose(file) != 0)
		die(path);
}

static void wait_for(const char *const *command)
{
	int status;
	pid_t child = fork();
	if (child == 0) {
		execvp(command[0], (char *const *)command);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0)
		die(command[0]);
	if (status != 0)
		fprintf(stderr, "wire: %s ended with %d\n", command[0], status);
}

/* ---- the table ---- */

static void print_runs(const struct run *khabar, const struct run *newsboat)
{
	printf("  %-14s %8s %8s %6s %8s %8s %7s\n", "", "khabar", "floor", "times", "ms",
		"newsboat", "share");
	for (int i = 0; i < ACTION_COUNT; i++) {
		const struct figures *k = &khabar->figures[i];
		printf("  %-14s %8.0f %8.0f", ACTIONS[i].name, k->bytes, k->floor);
		if (ACTIONS[i].shows && k->floor > 0)
			printf(" %6.2f", k->bytes / k->floor);
		else
			printf(" %6s", "-");
		printf(" %8.1f", k->time);
		if (newsboat)
			printf(" %8.0f %7.2f", newsboat->figures[i].bytes,
				newsboat->figures[i].bytes > 0
					? k->bytes / newsboat->figures[i].bytes
					: 0);
		printf("\n");
	}
	printf("  %-14s %5.0f ms after it is let go", "Down held", khabar->held);
	if (newsboat)
		printf("; newsboat %.0f ms", newsboat->held);
	printf("\n\n");
}

/* Each run begins at the feeds, with one view at a time, as newsboat has it, or with panes. */
static void write_settings(bool panes)
{
	write_file("khabar/khabar.conf", panes ? "[ui]\nrestore = no\n"
					       : "[ui]\nrestore = no\n[panes]\ncolumns = 0\n");
}

int main(int argc, char **argv)
{
	enum { ROOM_FOR_PANES = 100 };
	static const char *const languages[] = {"ar", "en"};
	static const int sizes[][2] = {{24, 80}, {50, 200}};
	if (argc < 3 || (mkdir(argv[1], 0700) < 0 && errno != EEXIST) || chdir(argv[1]) < 0) {
		fprintf(stderr, "wire: bench/wire-bench FOLDER KHABAR [NEWSBOAT]\n");
		return EXIT_FAILURE;
	}
	char folder[4096];
	if (!getcwd(folder, sizeof folder))
		die("folder");
	setenv("HOME", folder, 1);
	setenv("XDG_CONFIG_HOME", folder, 1);
	setenv("XDG_STATE_HOME", folder, 1);
	setenv("XDG_DATA_HOME", folder, 1);
	if (mkdir("khabar", 0700) < 0 && errno != EEXIST)
		die("khabar");
	write_file("config", "auto-reload no\nshow-read-articles yes\n");
	for (size_t l = 0; l < sizeof languages / sizeof *languages; l++) {
		char feed[32], store[32], cache[32], urls[32];
		struct buffer line = {0};
		snprintf(feed, sizeof feed, "%s.xml", languages[l]);
		snprintf(store, sizeof store, "%s.db", languages[l]);
		snprintf(cache, sizeof cache, "%s.cache", languages[l]);
		snprintf(urls, sizeof urls, "%s.urls", languages[l]);
		unlink(cache);
		unlink(store);
		fill(languages[l], store, feed);
		buffer_printf(&line, "file://%s/%s\n", folder, feed);
		write_file(urls, line.data);
		buffer_free(&line);
		const char *khabar[] = {argv[2], "--db", store, NULL};
		const char *newsboat[] = {argc > 3 ? argv[3] : "", "-u", urls, "-c", cache, "-C",
			"config", "-q", NULL, NULL, NULL};
		if (argc > 3) {
			newsboat[8] = "-x";
			newsboat[9] = "reload";
			wait_for(newsboat);
			newsboat[8] = NULL;
		}
		for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
			write_settings(false);
			struct run ours = run(sizes[s][0], sizes[s][1], khabar), theirs;
			if (argc > 3)
				theirs = run(sizes[s][0], sizes[s][1], newsboat);
			printf("%s, %d rows of %d columns: bytes\n", languages[l], sizes[s][0],
				sizes[s][1]);
			print_runs(&ours, argc > 3 ? &theirs : NULL);
			if (sizes[s][1] < ROOM_FOR_PANES)
				continue;
			/* The floor has all of a row that is new in one of its panes. */
			write_settings(true);
			ours = run(sizes[s][0], sizes[s][1], khabar);
			printf("%s, the same with panes side by side: bytes\n", languages[l]);
			print_runs(&ours, NULL);
		}
	}
	return EXIT_SUCCESS;
}
