/* What is trusted and what is told: TLS, redirects into near networks, proxies, settings. */
#include "e2e.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Fetches this feed alone; its outcome and message must be these. */
static int64_t expect(const char *url, const char *outcome, const char *says)
{
	int64_t feed = e2e_subscribe(url);
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)feed);
	struct run run = e2e_fetch(id, NULL);
	json_t *event = e2e_event(run, feed);
	if (strcmp(e2e_text(event, "outcome"), outcome) != 0 ||
		!strstr(e2e_text(event, "message"), says))
		fail_msg("not %s, \"%s\": %.*s", outcome, says, STR_ARG(run.out));
	json_decref(event);
	return feed;
}

static void test_tls(void **state)
{
	(void)state;
	char right[100], wrong[100], setting[300], folder[200];
	int port = server_tls_port(e2e_server);
	snprintf(right, sizeof right, "https://127.0.0.2:%d/feed/ar/3", port);
	snprintf(wrong, sizeof wrong, "https://127.0.0.2:%d/feed/ar/3",
		server_wrong_port(e2e_server));
	/* Nobody vouches for this authority. */
	int64_t feed = expect(right, "failed", "certificate");
	assert_int_equal(e2e_articles(feed), 0);
	e2e_sql("DELETE FROM feed WHERE id = ?1 RETURNING id", feed);
	assert_non_null(getcwd(folder, sizeof folder));
	snprintf(setting, sizeof setting, "[fetch]\nca-file = %s/tls/ca.pem\n", folder);
	e2e_settings(setting);
	assert_int_equal(e2e_articles(expect(right, "new", "")), 3);
	assert_int_equal(e2e_articles(expect(wrong, "failed", "certificate")), 0);
	/* From https to http: it is read, but never taken for a move. */
	snprintf(right, sizeof right,
		"https://127.0.0.2:%d/to?code=301&url=http://127.0.0.2:%d"
		"/feed/he/3",
		port, server_port(e2e_server));
	feed = expect(right, "new", "");
	for (int i = 0; i < 4; i++)
		e2e_fetch(NULL);
	assert_string_equal(e2e_feed(feed)->url, right);
}

/* ---- a public address --------------------------------------------------- */

#define PUBLIC "93.184.216.34"

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);
	if (fd >= 0 && write(fd, text, strlen(text)) < 0)
		print_message("%s is not written\n", path);
	if (fd >= 0)
		close(fd);
}

static bool set_address(int fd, const char *name, const char *address)
{
	struct ifreq request = {0};
	struct sockaddr_in in = {.sin_family = AF_INET};
	snprintf(request.ifr_name, sizeof request.ifr_name, "%s", name);
	inet_pton(AF_INET, address, &in.sin_addr);
	memcpy(&request.ifr_addr, &in, sizeof in);
	return ioctl(fd, SIOCSIFADDR, &request) == 0 && ioctl(fd, SIOCGIFFLAGS, &request) == 0 &&
	       (request.ifr_flags |= IFF_UP | IFF_RUNNING, ioctl(fd, SIOCSIFFLAGS, &request) == 0);
}

/* A network of our own, in which loopback has a public address, too. */
static bool public_network(void)
{
	char map[64];
	unsigned uid = geteuid(), gid = getegid();
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET) < 0)
		return false;
	write_file("/proc/self/setgroups", "deny");
	snprintf(map, sizeof map, "0 %u 1", uid);
	write_file("/proc/self/uid_map", map);
	snprintf(map, sizeof map, "0 %u 1", gid);
	write_file("/proc/self/gid_map", map);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool ok = set_address(fd, "lo", "127.0.0.1") && set_address(fd, "lo:1", PUBLIC);
	close(fd);
	return ok;
}

static const char *outside(const char *target)
{
	static char urls[8][300];
	static unsigned next;
	char *url = urls[next++ % 8];
	snprintf(url, sizeof urls[0], "http://" PUBLIC ":%d%s", server_port(e2e_server), target);
	return url;
}

static void expect_no_way_in(void)
{
	static const char *const near[] = {"http://127.0.0.1:%d/secret", "http://[::1]:%d/secret",
		"http://localhost:%d/secret", "http://127.1:%d/secret",
		"http://2130706433:%d/secret", "http://0x7f000001:%d/secret", "http://0:%d/secret",
		"http://[::ffff:127.0.0.1]:%d/secret", "http://10.0.0.1:%d/secret",
		"http://192.168.1.1:%d/secret", "http://169.254.169.254:%d/secret"};
	for (size_t i = 0; i < sizeof near / sizeof *near; i++) {
		char to[100], target[200];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		snprintf(to, sizeof to, near[i], server_port(e2e_server));
#pragma GCC diagnostic pop
		snprintf(target, sizeof target, "/to?n=%zu&url=%s", i, to);
		expect(outside(target), "failed", ":");
	}
	assert_int_equal(server_visits(e2e_server, "/secret"), 0);
}

/* Of the program that is started in that network. */
static void test_inside(void **state)
{
	(void)state;
	server_free(e2e_server);
	e2e_server = server_start(&(struct server_options){.hosts = 1, .address = PUBLIC});
	e2e_settings("[fetch]\nconnect-timeout = 3\ntimeout = 5\n");
	expect_no_way_in();
	/* Within the outside, and within the near, redirects go on. */
	expect(outside("/redirect/302/2/feed/ar/3"), "new", "");
	expect(E2E_URL("/redirect/302/2/feed/ar/3"), "new", "");
}

/* From outside nothing leads in.  A program of its own, as its network is its own. */
static void test_near(void **state)
{
	(void)state;
	int status = 0;
	fflush(stdout);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		if (!public_network())
			_exit(77);
		int out = open("inside.log", O_WRONLY | O_CREAT | O_TRUNC, 0600);
		dup2(out, STDOUT_FILENO);
		dup2(out, STDERR_FILENO);
		execl("/proc/self/exe", "test-e2e-doors", "inside", NULL);
		_exit(127);
	}
	waitpid(child, &status, 0);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77) {
		print_message("no network of one's own can be made here\n");
		skip();
	}
	if (status != 0)
		fail_msg("%.*s",
			STR_ARG(other_fed((struct str){NULL, 0}, "cat", "inside.log", NULL).out));
}

/* ---- proxies ------------------------------------------------------------ */

static void test_proxy(void **state)
{
	(void)state;
	setenv("http_proxy", E2E_URL("/"), 1);
	assert_int_equal(e2e_articles(expect("http://far.example/feed/ar/3", "new", "")), 3);
	assert_int_equal(server_visits(e2e_server, "/feed/ar/3"), 1);
	/* Behind it, too, what is near is out of bounds. */
	char far[300];
	snprintf(far, sizeof far, "http://far.example/to?url=http://127.0.0.1:%d/secret",
		server_port(e2e_server));
	expect(far, "failed", ":");
	expect("http://far.example/to?url=http://localhost/secret", "failed", ":");
	assert_int_equal(server_visits(e2e_server, "/secret"), 0);
	/* Not for those that are named. */
	setenv("no_proxy", "near.invalid,127.0.0.1", 1);
	expect("http://near.invalid/feed/ar/3", "failed", "name is not known");
	assert_int_equal(e2e_articles(expect(E2E_URL("/feed/he/3"), "new", "")), 3);
	char *host = server_header(e2e_server, "/feed/he/3", "host");
	assert_non_null(host);
	assert_true(strncmp(host, "127.0.0.1:", 10) == 0);
	free(host);
}

/* ---- settings ----------------------------------------------------------- */

static void expect_header(const char *target, const char *name, const char *part)
{
	char *value = server_header(e2e_server, target, name);
	if (part ? !value || !strstr(value, part) : value != NULL)
		fail_msg("%s: %s is \"%s\"", target, name, value ? value : "");
	free(value);
}

static void test_settings(void **state)
{
	(void)state;
	struct buffer settings = {0};
	const char *with = E2E_URL("/cookie/feed/ar/3"), *without = E2E_URL("/feed/ar/3");
	buffer_printf(&settings,
		"[fetch]\nuser-agent = Everybody/1\n"
		"[feed %s]\nuser-agent = Special/2\nheader = X-Key: one\nheader = X-Other: two\n"
		"cookies = jar\n",
		with);
	e2e_settings(settings.data);
	buffer_free(&settings);
	program_file("jar", STR("127.0.0.1\tFALSE\t/\tFALSE\t0\tseen\tyes\n"));
	assert_int_equal(e2e_articles(expect(with, "new", "")), 3);
	expect(without, "new", "");
	expect_header("/cookie/feed/ar/3", "user-agent", "Special/2");
	expect_header("/cookie/feed/ar/3", "x-key", "one");
	expect_header("/cookie/feed/ar/3", "x-other", "two");
	expect_header("/feed/ar/3", "user-agent", "Everybody/1");
	expect_header("/feed/ar/3", "x-key", NULL);
	expect_header("/feed/ar/3", "cookie", NULL);
}

/* What is secret stays with whom it was given to. */
static void test_secrets(void **state)
{
	(void)state;
	struct buffer settings = {0}, url = {0};
	int port = server_port(e2e_server);
	buffer_printf(&url, "http://u:p@127.0.0.1:%d/auth/u/p/feed/ar/3", port);
	assert_int_equal(e2e_articles(expect(url.data, "new", "")), 3);
	/* Elsewhere it is not sent, neither name and password nor the feed's headers. */
	buffer_clear(&url);
	buffer_printf(&url, "http://u:p@127.0.0.1:%d/to?url=http://127.0.0.2:%d/echo", port, port);
	buffer_printf(&settings, "[feed %s]\nheader = X-Key: one\n", url.data);
	e2e_settings(settings.data);
	expect(url.data, "new", "");
	expect_header("/echo", "x-key", NULL);
	expect_header("/echo", "authorization", NULL);
	char target[100];
	snprintf(target, sizeof target, "/to?url=http://127.0.0.2:%d/echo", port);
	expect_header(target, "x-key", "one");
	/* Nor is it told: not in a message, not in an event. */
	buffer_clear(&url);
	buffer_printf(&url, "http://u:geheim@127.0.0.1:%d/status/500", port);
	int64_t feed = e2e_subscribe(url.data);
	struct run run = e2e_fetch(NULL);
	json_t *end = e2e_end(run);
	assert_int_equal(e2e_number(end, "failed"), 1);
	json_decref(end);
	assert_null(strstr(e2e_feed(feed)->visit.error, "geheim"));
	assert_lacks(run.err, "geheim");
	buffer_free(&settings);
	buffer_free(&url);
}

static void test_netrc(void **state)
{
	(void)state;
	struct buffer settings = {0};
	const char *url = E2E_URL("/auth/name/word/feed/ar/3");
	program_file(".netrc", STR("machine 127.0.0.1 login name password word\n"));
	assert_int_equal(chmod(".netrc", 0600), 0);
	int64_t feed = expect(url, "failed", "(401)");
	buffer_printf(&settings, "[feed %s]\nnetrc = yes\n", url);
	e2e_settings(settings.data);
	buffer_free(&settings);
	e2e_fetched(0, NULL);
	assert_int_equal(e2e_articles(feed), 3);
}

/* A program of the reader's own as a feed; nothing of it goes through a shell. */
static void test_commands(void **state)
{
	(void)state;
	char folder[200];
	struct buffer settings = {0}, feed = {0};
	server_get(e2e_server, "/feed/he/4", &feed);
	program_file("feed.xml", buffer_view(&feed));
	assert_non_null(getcwd(folder, sizeof folder));
	buffer_printf(&settings,
		"[feed command:mine]\ncommand = cat %s/feed.xml\n"
		"[feed command:broken]\ncommand = false\n"
		"[feed command:shell]\ncommand = cat %s/feed.xml && touch %s/touched\n",
		folder, folder, folder);
	e2e_settings(settings.data);
	assert_int_equal(e2e_articles(expect("command:mine", "new", "")), 4);
	expect("command:broken", "failed", "status 1");
	expect("command:shell", "failed", "status 1");
	expect("command:unknown", "failed", ":");
	assert_int_equal(access("touched", F_OK), -1);
	buffer_free(&settings);
	buffer_free(&feed);
}

/* A subscription may not name a file. */
static void test_files(void **state)
{
	(void)state;
	struct error error;
	int64_t id;
	char url[300];
	struct buffer feed = {0};
	server_get(e2e_server, "/feed/he/4", &feed);
	program_file("feed.xml", buffer_view(&feed));
	buffer_free(&feed);
	assert_non_null(getcwd(url, 200));
	memmove(url + 7, url, strlen(url) + 1);
	memcpy(url, "file://", 7);
	strncat(url, "/feed.xml", sizeof url - strlen(url) - 1);
	struct store *store = store_open(E2E_STORE, STORE_WRITE, &error);
	assert_non_null(store);
	struct store_new_feed new_feed = {.url = str_of(url)};
	int result = store_subscribe(store, &new_feed, &id, NULL, &error);
	store_close(store);
	e2e_fetch(NULL);
	if (result == 0)
		assert_int_equal(e2e_articles(id), 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest inside[] = {E2E_TEST(test_inside)};
	const struct CMUnitTest tests[] = {
		E2E_TEST(test_tls),
		E2E_TEST(test_near),
		E2E_TEST(test_proxy),
		E2E_TEST(test_settings),
		E2E_TEST(test_secrets),
		E2E_TEST(test_netrc),
		E2E_TEST(test_commands),
		E2E_TEST(test_files),
	};
	if (argc > 1 && strcmp(argv[1], "inside") == 0)
		return cmocka_run_group_tests(inside, NULL, NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
