#include "fetch/event.h"

#include "base/io.h"
#include "base/utf8.h"

#include <errno.h>
#include <string.h>

static int write_line(int fd, struct buffer *line, struct error *error)
{
	buffer_byte(line, '\n');
	int result = line->failed ? error_no_memory(error) : 0;
	if (result == 0 && io_write_all(fd, buffer_view(line)))
		result = errno == EPIPE ? error_set(error, EX_IOERR, "%s", "")
					: error_set(error, EX_IOERR,
						  "standard output: cannot be written: %s",
						  strerror(errno));
	buffer_free(line);
	return result;
}

/* A string of JSON (RFC 8259): valid UTF-8, controls escaped. */
static void add_string(struct buffer *out, struct str text)
{
	buffer_byte(out, '"');
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		if (cp == '"' || cp == '\\')
			buffer_byte(out, '\\');
		if (cp < 0x20 || cp == 0x7f)
			buffer_printf(out, "\\u%04x", (unsigned int)cp);
		else
			buffer_utf8(out, cp);
	}
	buffer_byte(out, '"');
}

int event_begin(int fd, const struct event_sums *sums, struct error *error)
{
	struct buffer line = {0};
	buffer_printf(&line, "{\"event\":\"begin\",\"feeds\":%lld}", (long long)sums->feeds);
	return write_line(fd, &line, error);
}

int event_end(int fd, const struct event_sums *sums, struct error *error)
{
	struct buffer line = {0};
	buffer_printf(&line,
		"{\"event\":\"end\",\"feeds\":%lld,\"added\":%lld,\"updated\":%lld,\"failed\":%"
		"lld}",
		(long long)sums->feeds, (long long)sums->added, (long long)sums->updated,
		(long long)sums->failed);
	return write_line(fd, &line, error);
}

int event_feed(int fd, const struct job *job, struct event_sums *sums, struct error *error)
{
	static const char *const outcomes[] = {
		[OUTCOME_NEW] = "new",
		[OUTCOME_SAME] = "same",
		[OUTCOME_FAILED] = "failed",
		[OUTCOME_STOPPED] = "stopped",
		[OUTCOME_LATER] = "later",
	};
	bool good = job->outcome == OUTCOME_NEW || job->outcome == OUTCOME_SAME;
	struct buffer line = {0}, url = {0};
	sums->done++;
	sums->added += job->sums.added;
	sums->updated += job->sums.updated;
	sums->failed += job->outcome == OUTCOME_FAILED || job->outcome == OUTCOME_STOPPED;
	net_show_url(str_of(job->feed.url), &url);
	buffer_printf(&line, "{\"event\":\"feed\",\"id\":%lld,\"url\":", (long long)job->feed.id);
	add_string(&line, buffer_view(&url));
	buffer_str(&line, STR(",\"title\":"));
	/* Until a feed says its title, its address stands there: without name and password. */
	bool untitled = !job->title || strcmp(job->title, job->feed.url) == 0;
	add_string(&line, untitled ? buffer_view(&url) : str_of(job->title));
	buffer_printf(&line, ",\"outcome\":\"%s\",\"added\":%lld,\"updated\":%lld,\"http\":%d",
		outcomes[job->outcome], (long long)job->sums.added, (long long)job->sums.updated,
		job->status);
	buffer_str(&line, STR(",\"message\":"));
	add_string(&line, str_of(good ? job->notice.message : job->error.message));
	buffer_printf(&line, ",\"done\":%lld,\"feeds\":%lld}", (long long)sums->done,
		(long long)sums->feeds);
	line.failed |= url.failed;
	buffer_free(&url);
	return write_line(fd, &line, error);
}

int event_page(int fd, int64_t article, int64_t feed, const struct error *why, struct error *error)
{
	struct buffer line = {0};
	buffer_printf(&line,
		"{\"event\":\"page\",\"article\":%lld,\"feed\":%lld,\"outcome\":\"%s\","
		"\"message\":",
		(long long)article, (long long)feed, why ? "failed" : "new");
	add_string(&line, str_of(why ? why->message : ""));
	buffer_byte(&line, '}');
	return write_line(fd, &line, error);
}

int event_hook(int fd, size_t articles, bool failed, const char *message, struct error *error)
{
	struct buffer line = {0};
	buffer_printf(&line, "{\"event\":\"hook\",\"articles\":%zu,\"outcome\":\"%s\",\"message\":",
		articles, failed ? "failed" : "new");
	add_string(&line, str_of(message));
	buffer_byte(&line, '}');
	return write_line(fd, &line, error);
}

int event_download(int fd, const struct event_file *file, struct error *error)
{
	struct buffer line = {0};
	buffer_printf(&line, "{\"event\":\"download\",\"id\":%lld,\"state\":\"%s\",\"title\":",
		(long long)file->id, file->state);
	add_string(&line, str_of(file->title));
	buffer_str(&line, STR(",\"path\":"));
	add_string(&line, str_of(file->path));
	buffer_printf(&line, ",\"received\":%lld,\"size\":%lld,\"message\":",
		(long long)file->received, (long long)file->size);
	add_string(&line, str_of(file->message));
	buffer_byte(&line, '}');
	return write_line(fd, &line, error);
}
