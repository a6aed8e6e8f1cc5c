#include "server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { KEPT_URLS = 64, PATIENCE = 60 /* seconds */ };

struct server {
	pid_t pid;
	int input; /* its standard input: it ends when this is closed */
	int port, tls_port, wrong_port;
	struct buffer urls[KEPT_URLS];
	unsigned next_url;
};

/* ---- start and end ------------------------------------------------------ */

static void become_server(const struct server_options *options, int in, int out)
{
	const char *source = getenv("KHABAR_SOURCE");
	struct buffer folder = {0}, hosts = {0};
	buffer_printf(&folder, "%s/tests/net/server", source ? source : ".");
	buffer_printf(&hosts, "%d", options->hosts ? options->hosts : 4);
	const char *arguments[10] = {"python3", folder.data, "--hosts", hosts.data};
	int count = 4;
	if (options->tls) {
		arguments[count++] = "--tls";
		arguments[count++] = options->tls;
	}
	if (options->address) {
		arguments[count++] = "--address";
		arguments[count++] = options->address;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	signal(SIGPIPE, SIG_DFL);
	execvp(arguments[0], (char *const *)arguments);
	_exit(127);
}

/* Its first line, "ready PORT TLS-PORT WRONG-PORT", or "" when it ended before. */
static void read_line(int fd, char *line, size_t size)
{
	size_t len = 0;
	while (len + 1 < size && read(fd, line + len, 1) == 1 && line[len] != '\n')
		len++;
	line[len] = '\0';
}

struct server *server_start(const struct server_options *options)
{
	struct server *s = calloc(1, sizeof *s);
	int in[2], out[2], status;
	char line[100];
	assert_non_null(s);
	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	s->pid = fork();
	assert_true(s->pid >= 0);
	if (s->pid == 0)
		become_server(options, in[0], out[1]);
	close(in[0]);
	close(out[1]);
	s->input = in[1];
	read_line(out[0], line, sizeof line);
	close(out[0]);
	if (sscanf(line, "ready %d %d %d", &s->port, &s->tls_port, &s->wrong_port) == 3)
		return s;
	close(s->input);
	waitpid(s->pid, &status, 0);
	free(s);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 127)
		fail_msg("the test server did not start: \"%s\"", line);
	print_message("python3 is not installed\n");
	skip();
	return NULL;
}

void server_free(struct server *s)
{
	if (!s)
		return;
	close(s->input);
	kill(s->pid, SIGKILL);
	waitpid(s->pid, NULL, 0);
	for (size_t i = 0; i < KEPT_URLS; i++)
		buffer_free(&s->urls[i]);
	free(s);
}

int server_port(const struct server *s)
{
	return s->port;
}

int server_tls_port(const struct server *s)
{
	return s->tls_port;
}

int server_wrong_port(const struct server *s)
{
	return s->wrong_port;
}

/* Appends as vprintf does. */
static void add_formatted(struct buffer *b, const char *format, va_list list)
{
	char *text;
	assert_true(vasprintf(&text, format, list) >= 0);
	buffer_str(b, str_of(text));
	free(text);
	assert_false(b->failed);
}

const char *server_url(struct server *s, int host, const char *format, ...)
{
	struct buffer *url = &s->urls[s->next_url++ % KEPT_URLS];
	va_list list;
	buffer_clear(url);
	buffer_printf(url, "http://127.0.0.%d:%d", host, s->port);
	va_start(list, format);
	add_formatted(url, format, list);
	va_end(list);
	return url->data;
}

/* ---- questions ---------------------------------------------------------- */

static int connected(const struct server *s)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)s->port)};
	struct timeval patience = {.tv_sec = PATIENCE};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_true(fd >= 0);
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), 0);
	if (connect(fd, (const struct sockaddr *)&to, sizeof to) < 0)
		fail_msg("the test server does not answer: %s", strerror(errno));
	return fd;
}

int server_get(struct server *s, const char *target, struct buffer *out)
{
	struct buffer all = {0};
	int fd = connected(s), status;
	ssize_t len;
	buffer_printf(&all, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n",
		target, s->port);
	assert_int_equal(send(fd, all.data, all.len, MSG_NOSIGNAL), (ssize_t)all.len);
	buffer_clear(&all);
	do {
		assert_true(buffer_reserve(&all, 65536));
		len = read(fd, all.data + all.len, 65536);
		all.len += len > 0 ? (size_t)len : 0;
	} while (len > 0);
	close(fd);
	struct str text = buffer_view(&all);
	ptrdiff_t head = str_find(text, STR("\r\n\r\n"));
	if (len < 0 || head < 0 || sscanf(all.data, "HTTP/1.1 %d", &status) != 1)
		fail_msg("%s: no answer of the test server", target);
	buffer_str(out, str_slice(text, (size_t)head + 4, text.len));
	buffer_free(&all);
	return status;
}

void server_tell(struct server *s, const char *format, ...)
{
	struct buffer target = {0}, answer = {0};
	va_list list;
	va_start(list, format);
	add_formatted(&target, format, list);
	va_end(list);
	int status = server_get(s, target.data, &answer);
	if (status != 200)
		fail_msg("%s: %d: %.*s", target.data, status, STR_ARG(buffer_view(&answer)));
	buffer_free(&target);
	buffer_free(&answer);
}

json_t *server_log(struct server *s)
{
	struct buffer text = {0};
	assert_int_equal(server_get(s, "/_/log", &text), 200);
	json_t *log = json_loadb(text.data, text.len, 0, NULL);
	buffer_free(&text);
	assert_non_null(log);
	return log;
}

int server_visits(struct server *s, const char *target)
{
	json_t *log = server_log(s);
	json_t *count = json_object_get(json_object_get(log, "visits"), target);
	int visits = (int)json_integer_value(count);
	json_decref(log);
	return visits;
}

static int most(struct server *s, const char *what, const char *address)
{
	json_t *log = server_log(s);
	json_t *gauge = json_object_get(json_object_get(log, what), address);
	int value = (int)json_integer_value(json_object_get(gauge, "most"));
	json_decref(log);
	return value;
}

int server_most_requests(struct server *s, const char *address)
{
	return most(s, "requests", address);
}

int server_most_connections(struct server *s, const char *address)
{
	return most(s, "connections", address);
}

char *server_header(struct server *s, const char *target, const char *name)
{
	json_t *log = server_log(s), *found = NULL, *entry;
	size_t i;
	json_array_foreach(json_object_get(log, "log"), i, entry)
	{
		if (strcmp(json_string_value(json_object_get(entry, "target")), target) == 0)
			found = entry;
	}
	if (!found)
		fail_msg("%s was not asked for", target);
	const char *value =
		json_string_value(json_object_get(json_object_get(found, "headers"), name));
	char *copy = value ? strdup(value) : NULL;
	json_decref(log);
	return copy;
}
