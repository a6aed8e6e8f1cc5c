/* The test server itself, with curl as its client: it must misbehave as promised. */
#include "server.h"

#include "tests/command/program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct server *server;

static int setup(void **state)
{
	static const char *const unset[] = {
		"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
	if (program_setup(state))
		return -1;
	for (size_t i = 0; i < sizeof unset / sizeof *unset; i++)
		unsetenv(unset[i]);
	server = server_start(&(struct server_options){.tls = "tls"});
	return 0;
}

static int teardown(void **state)
{
	server_free(server);
	server = NULL;
	return program_teardown(state);
}

/* curl's status, and its output: the body and behind it "=STATUS". */
#define CURL(...)                                                                                  \
	other_fed((struct str){NULL, 0}, "curl", "-q", "-s", "--max-time", "3", "-w",              \
		"=%{http_code}", __VA_ARGS__, NULL)

static struct run get(const char *path)
{
	return CURL("--compressed", "-L", server_url(server, 1, "%s", path));
}

/* Exit statuses of curl(1), EXIT CODES. */
enum {
	CURL_OK,
	CURL_PROTOCOL = 1,
	CURL_PARTIAL = 18,
	CURL_TIMEOUT = 28,
	CURL_HOPS = 47,
	CURL_NOTHING = 52,
	CURL_RECEIVE = 56,
	CURL_PEER = 60,
	CURL_ENCODING = 61,
};

static const struct behaviour {
	const char *path;
	int exit;
	const char *holds;
} behaviours[] = {
	{"/feed/ar/3", CURL_OK, "=200"},
	{"/feed/ar/3?encoding=gzip", CURL_OK, "</rss>"},
	{"/feed/ar/3?encoding=deflate", CURL_OK, "</rss>"},
	{"/feed/ar/3?encoding=raw", CURL_OK, "</rss>"},
	{"/feed/ar/3?encoding=br", CURL_OK, "</rss>"},
	{"/feed/ar/30?encoding=stored", CURL_OK, "</rss>"},
	{"/feed/ar/3?encoding=gzip,br", CURL_OK, "</rss>"},
	{"/feed/ar/3?claim=gzip", CURL_ENCODING, ""},
	{"/feed/ar/3?chunked=7", CURL_OK, "</rss>"},
	{"/feed/ar/3?badchunks=size", CURL_RECEIVE, ""},
	{"/feed/ar/3?badchunks=huge", CURL_RECEIVE, ""},
	{"/feed/ar/3?badchunks=cut", CURL_PARTIAL, "</rss>"},
	{"/feed/ar/3?length=%2B100", CURL_PARTIAL, "</rss>"},
	{"/feed/ar/3?length=-100", CURL_OK, "<rss"},
	{"/feed/ar/3?nolength=1", CURL_OK, "</rss>"},
	{"/feed/ar/3?cut=500", CURL_PARTIAL, "<rss"},
	{"/feed/ar/3?reset=500", CURL_RECEIVE, "<rss"},
	{"/feed/ar/3?pace=3000&pause=10", CURL_OK, "</rss>"},
	{"/feed/ar/3?pace=100&pause=500", CURL_TIMEOUT, "<rss"},
	{"/feed/ar/3?format=atom", CURL_OK, "</feed>"},
	{"/feed/ar/3?format=rdf", CURL_OK, "</rdf:RDF>"},
	{"/feed/ar/3?format=json", CURL_OK, "https://jsonfeed.org/version/1.1"},
	{"/feed/ar/3?ttl=90", CURL_OK, "<ttl>90</ttl>"},
	{"/page/he?feed=/feed/he/3&named=x", CURL_OK, "rel=\"alternate\""},
	{"/hang", CURL_TIMEOUT, "=000"},
	{"/close", CURL_NOTHING, "=000"},
	{"/reset", CURL_RECEIVE, "=000"},
	{"/garbage", CURL_PROTOCOL, "=000"},
	{"/endless", CURL_TIMEOUT, "<item>"},
	{"/endless-head", CURL_RECEIVE, ""},
	{"/redirect/302/4/feed/fa/1", CURL_OK, "=200"},
	{"/loop/301", CURL_HOPS, "=301"},
	{"/loop/307/1", CURL_HOPS, "=307"},
	{"/to?url=gopher%3A%2F%2F127.0.0.1%2F1", CURL_PROTOCOL, "=302"},
	{"/to?url=file%3A%2F%2F%2Fetc%2Fpasswd&code=301", CURL_PROTOCOL, "=301"},
	{"/auth/u/p/feed/he/1", CURL_OK, "=401"},
	{"/cookie/feed/he/1", CURL_OK, "=403"},
	{"/status/410", CURL_OK, "=410"},
	{"/status/503?retry=30", CURL_OK, "=503"},
	{"/echo", CURL_OK, "user-agent: curl/"},
	{"/nowhere", CURL_OK, "=404"},
	{"/feed/xx/many", CURL_OK, "=400"},
};

static void test_behaviours(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof behaviours / sizeof *behaviours; i++) {
		const struct behaviour *b = &behaviours[i];
		struct run r = get(b->path);
		if (r.status != b->exit || str_find(r.out, str_of(b->holds)) < 0)
			fail_msg("%s: curl ended with %d, not %d: %.*s", b->path, r.status, b->exit,
				STR_ARG(str_slice(r.out, 0, 300)));
	}
}

/* What a test may rely on: the same bytes each time, and more of them in a later epoch. */
static void test_feeds(void **state)
{
	(void)state;
	static const char *const languages[] = {"ar", "fa", "ur", "he", "ckb", "en"};
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
		const char *url = server_url(server, 1, "/feed/%s/12?seed=5", languages[i]);
		struct run r = CURL("-o", "one", url);
		assert_run(r, 0);
		r = CURL("-o", "two", url);
		assert_run(r, 0);
		assert_run(other_fed((struct str){NULL, 0}, "cmp", "one", "two", NULL), 0);
		r = other_fed((struct str){NULL, 0}, "xmllint", "--xpath",
			"count(//item[not(guid=preceding::guid)])", "one", NULL);
		assert_holds(r.out, "12");
	}
	static const char *const grown = "/feed/ar/3?grow=2&edit=1";
	assert_lacks(get(grown).out, "(1-3)");
	server_tell(server, "/_/epoch?n=4");
	struct run r = get(grown);
	assert_holds(r.out, "(1-10)");
	assert_lacks(r.out, "(1-11)");
	assert_holds(r.out, "[4]");
}

static void test_conditions(void **state)
{
	(void)state;
	static const char *const headers[][2] = {{"etag=strong", "If-None-Match"},
		{"etag=weak", "If-None-Match"}, {"modified=1", "If-Modified-Since"}};
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
		const char *url = server_url(server, 1, "/feed/ar/3?%s", headers[i][0]);
		struct run r = CURL("-o", "/dev/null", "-D", "-", url);
		assert_holds(r.out, "=200");
		const char *name = i < 2 ? "ETag: " : "Last-Modified: ";
		struct str value = str_slice(
			r.out, (size_t)str_find(r.out, str_of(name)) + strlen(name), r.out.len);
		value.len = (size_t)str_find(value, STR("\r\n"));
		char right[200], wrong[200];
		snprintf(right, sizeof right, "%s: %.*s", headers[i][1], STR_ARG(value));
		snprintf(wrong, sizeof wrong, "%s: %.*s ", headers[i][1],
			STR_ARG(str_slice(value, 0, value.len - 1)));
		assert_holds(CURL("-H", right, url).out, "=304");
		assert_holds(CURL("-o", "/dev/null", "-H", wrong, url).out, "=200");
	}
}

static void test_headers(void **state)
{
	(void)state;
	const char *url = server_url(server, 1,
		"/status/429?retry=7&header=X-One:%%20two&cache=max-age%%3D60&flood=300");
	struct run r = CURL("-o", "/dev/null", "-D", "-", url);
	assert_holds(r.out, "Retry-After: 7\r\n");
	assert_holds(r.out, "X-One: two\r\n");
	assert_holds(r.out, "Cache-Control: max-age=60\r\n");
	assert_holds(r.out, "X-Flood-299: xxx");
	url = server_url(server, 1, "/feed/ar/1?retrydate=60&expires=-60&label=koi8-r");
	r = CURL("-o", "/dev/null", "-D", "-", url);
	assert_holds(r.out, " GMT\r\n");
	assert_holds(r.out, "charset=koi8-r\r\n");
	/* The encoding is real, and told. */
	url = server_url(server, 1, "/feed/ar/1?charset=windows-1256");
	r = CURL("-o", "cp1256", "-D", "-", url);
	assert_holds(r.out, "charset=windows-1256\r\n");
	r = other_fed(
		(struct str){NULL, 0}, "iconv", "-f", "cp1256", "-t", "utf-8", "cp1256", NULL);
	assert_holds(r.out, "صحيفة الضفة");
}

static void test_doors(void **state)
{
	(void)state;
	assert_holds(CURL("-u", "u:p", server_url(server, 1, "/auth/u/p/feed/he/1")).out, "=200");
	assert_holds(CURL("-u", "u:q", server_url(server, 1, "/auth/u/p/feed/he/1")).out, "=401");
	const char *url = server_url(server, 1, "/cookie/feed/he/1");
	assert_holds(CURL("-c", "jar", url).out, "=403");
	assert_holds(CURL("-b", "jar", url).out, "=200");
}

static void test_bombs(void **state)
{
	(void)state;
	static const char *const encodings[] = {"gzip", "deflate", "br"};
	for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
		const char *url = server_url(server, 1, "/bomb/%s/48", encodings[i]);
		struct run r = CURL("-o", "/dev/null", "-w", "%{size_download}", url);
		assert_true(strtol(r.out.ptr, NULL, 10) < 500000);
		r = CURL("-o", "unpacked", "--compressed", url);
		r = other_fed((struct str){NULL, 0}, "wc", "-c", "unpacked", NULL);
		assert_true(strtol(r.out.ptr, NULL, 10) >= 47 << 20);
	}
}

static void test_tls(void **state)
{
	(void)state;
	char right[100], wrong[100];
	snprintf(right, sizeof right, "https://127.0.0.2:%d/feed/ar/1", server_tls_port(server));
	snprintf(wrong, sizeof wrong, "https://127.0.0.2:%d/feed/ar/1", server_wrong_port(server));
	assert_holds(CURL("--cacert", "tls/ca.pem", right).out, "=200");
	assert_int_equal(CURL(right).status, CURL_PEER);
	assert_int_equal(CURL("--cacert", "tls/ca.pem", wrong).status, CURL_PEER);
}

static void test_hostile(void **state)
{
	(void)state;
	static const char *const names[] = {"entities", "quadratic", "outside", "deep", "deep-html",
		"controls", "escapes", "overrides", "scripts", "many", "long-title",
		"long-attribute", "attributes", "nulls", "noise", "cut", "empty"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct buffer out = {0};
		char path[64];
		snprintf(path, sizeof path, "/hostile/%s", names[i]);
		assert_int_equal(server_get(server, path, &out), 200);
		assert_true((out.len == 0) == (strcmp(names[i], "empty") == 0));
		buffer_free(&out);
	}
}

static void test_control(void **state)
{
	(void)state;
	server_tell(server, "/_/forget");
	server_tell(server, "/_/alias?path=/x&to=/status/500&to=/status/404&to=/feed/ar/1");
	assert_holds(get("/x?a=1").out, "=500");
	assert_holds(get("/x").out, "=404");
	assert_holds(get("/x").out, "=200");
	assert_holds(CURL("-A", "me/1", server_url(server, 1, "/x")).out, "=200");
	assert_int_equal(server_visits(server, "/x"), 3);
	assert_int_equal(server_visits(server, "/x?a=1"), 1);
	char *agent = server_header(server, "/x", "user-agent");
	assert_string_equal(agent, "me/1");
	free(agent);
	assert_null(server_header(server, "/x", "if-none-match"));
	assert_int_equal(server_most_requests(server, "127.0.0.1"), 1);
	server_tell(server, "/_/latency?ms=300");
	struct run r = CURL("-w", "%{time_total}", server_url(server, 1, "/feed/ar/1"));
	assert_holds(r.out, "</rss>\n0.3");
	/* As a proxy it is every host. */
	r = CURL("-x", server_url(server, 1, "/"), "http://far.example/feed/he/1");
	assert_holds(r.out, "=200");
}

/* A thousand at the same time, on four hosts, all of them counted. */
static void test_thousand(void **state)
{
	(void)state;
	struct buffer list = {0};
	server_tell(server, "/_/latency?ms=1500");
	for (int i = 0; i < 1000; i++)
		buffer_printf(&list, "url = \"%s\"\noutput = \"/dev/null\"\n",
			server_url(server, 1 + i % 4, "/feed/ar/2?seed=%d", i));
	program_file("list", buffer_view(&list));
	buffer_free(&list);
	struct run r = other_fed((struct str){NULL, 0}, "curl", "-q", "-s", "-Z", "--parallel-max",
		"300", "--parallel-immediate", "-K", "list", "-w", "%{http_code}\n", NULL);
	assert_run(r, 0);
	assert_int_equal(count_lines(r.out), 1000);
	assert_in_range(server_most_requests(server, ""), 250, 300);
	assert_in_range(server_most_requests(server, "127.0.0.3"), 50, 300);
	assert_int_equal(server_visits(server, "/feed/ar/2?seed=999"), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_behaviours),
		TEST(test_feeds),
		TEST(test_conditions),
		TEST(test_headers),
		TEST(test_doors),
		TEST(test_bombs),
		TEST(test_tls),
		TEST(test_hostile),
		TEST(test_control),
		TEST(test_thousand),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
