/* What net/ decides without a network: addresses, freshness, proxies, what a URL shows. */
#include "net/address.h"
#include "net/caching.h"
#include "net/net.h"
#include "net/proxy.h"
#include "net/wording.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

#include <cmocka.h>

enum { NOW = 1700000000 };

/* ---- addresses ------------------------------------------------------------ */

static bool is_near(const char *text)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
	bool is_v4 = inet_pton(AF_INET, text, &v4.sin_addr) == 1;
	assert_true(is_v4 || inet_pton(AF_INET6, text, &v6.sin6_addr) == 1);
	bool near = address_is_near(
		is_v4 ? (const struct sockaddr *)(const void *)&v4 : (const void *)&v6);
	/* Written as the host of a URL it is the same. */
	assert_int_equal(near, address_host_is_near(str_of(text)));
	return near;
}

static void test_addresses(void **state)
{
	/* The first and the last of each block, and their neighbours outside. */
	static const char *const near[] = {"0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255",
		"100.64.0.0", "100.127.255.255", "127.0.0.1", "127.255.255.255", "169.254.169.254",
		"172.16.0.0", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.0.1",
		"192.168.255.255", "198.18.0.0", "198.19.255.255", "198.51.100.7", "203.0.113.9",
		"224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1",
		"::ffff:127.0.0.1", "::ffff:192.168.1.1", "::10.0.0.1", "64:ff9b::7f00:1",
		"64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1",
		"2002:7f00:1::", "2002:c0a8:101::1", "3fff::1", "fc00::1", "fdff::1", "fe80::1",
		"febf::1", "fec0::1", "ff02::1"};
	static const char *const far[] = {"1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255",
		"100.128.0.0", "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0",
		"172.15.255.255", "172.32.0.0", "192.0.1.1", "192.167.255.255", "192.169.0.0",
		"198.17.255.255", "198.20.0.0", "223.255.255.255", "8.8.8.8", "::ffff:8.8.8.8",
		"64:ff9b::808:808", "2001:200::1", "2002:808:808::1", "2606:4700::1111", "2a00::1"};
	(void)state;
	for (size_t i = 0; i < sizeof near / sizeof *near; i++)
		if (!is_near(near[i]))
			fail_msg("%s should be near", near[i]);
	for (size_t i = 0; i < sizeof far / sizeof *far; i++)
		if (is_near(far[i]))
			fail_msg("%s should not be near", far[i]);
	struct sockaddr_un local = {.sun_family = AF_UNIX};
	assert_true(address_is_near((const struct sockaddr *)(const void *)&local));
}

static void test_host_names(void **state)
{
	(void)state;
	assert_true(address_host_is_near(STR("localhost")));
	assert_true(address_host_is_near(STR("LocalHost.")));
	assert_true(address_host_is_near(STR("a.localhost")));
	assert_true(address_host_is_near(STR("[::1]")));
	assert_true(address_host_is_near(STR("[fe80::1%25eth0]")));
	assert_false(address_host_is_near(STR("notlocalhost")));
	assert_false(address_host_is_near(STR("localhost.example")));
	assert_false(address_host_is_near(STR("example.org")));
	assert_false(address_host_is_near(STR("")));
	assert_true(address_in_block(STR("10.1.2.3"), STR("10.0.0.0/8")));
	assert_false(address_in_block(STR("11.1.2.3"), STR("10.0.0.0/8")));
	assert_true(address_in_block(STR("10.1.2.3"), STR("10.1.2.3")));
	assert_true(address_in_block(STR("10.1.2.3"), STR("0.0.0.0/0")));
	assert_true(address_in_block(STR("fd00::5"), STR("fd00::/8")));
	assert_false(address_in_block(STR("fd00::5"), STR("10.0.0.0/8")));
	assert_false(address_in_block(STR("10.1.2.3"), STR("10.0.0.0/33")));
	assert_false(address_in_block(STR("10.1.2.3"), STR("10.0.0.0/")));
	assert_false(address_in_block(STR("10.1.2.3"), STR("10.0.0.0/x")));
	assert_false(address_in_block(STR("example"), STR("example")));
}

/* ---- freshness -------------------------------------------------------------- */

/* "Name: value\n" lines, taken one by one. */
static struct caching caching_of(const char *fields)
{
	struct caching caching;
	struct str rest = str_of(fields), line;
	caching_init(&caching);
	while (rest.len > 0 && str_split(&rest, '\n', &line)) {
		ptrdiff_t colon = str_find(line, STR(":"));
		assert_true(colon > 0);
		caching_take(&caching, str_slice(line, 0, (size_t)colon),
			str_slice(line, (size_t)colon + 1, line.len));
	}
	return caching;
}

static void test_fresh(void **state)
{
	static const struct {
		const char *fields;
		int64_t fresh;
	} cases[] = {
		{"X: y", CACHING_UNKNOWN},
		{"Cache-Control: max-age=600", 600},
		{"cache-control: public, MAX-AGE = 600 , must-revalidate", 600},
		{"Cache-Control: max-age=\"600\"", 600},
		{"Cache-Control: max-age=600\nAge: 100", 500},
		{"Cache-Control: max-age=600\nAge: 1000", 0},
		{"Cache-Control: max-age=600, no-cache", 0},
		{"Cache-Control: no-store", 0},
		{"Cache-Control: no-cache=\"Set-Cookie\", max-age=600", 600},
		{"Cache-Control: max-age=soon", 0},
		{"Cache-Control: max-age=99999999999999999999999", INT32_MAX},
		{"Cache-Control: max-age=-5", 0},
		{"Cache-Control: max-age=600, max-age=5", 600},
		{"Cache-Control: s-maxage=600", CACHING_UNKNOWN},
		{"Cache-Control:", CACHING_UNKNOWN},
		{"Expires: Tue, 14 Nov 2023 23:13:20 GMT", 3600},
		{"Expires: Tue, 14 Nov 2023 23:13:20 GMT\nDate: Tue, 14 Nov 2023 23:03:20 GMT",
			600},
		{"Expires: Tue, 14 Nov 2023 21:13:20 GMT", 0},
		{"Expires: 0", 0},
		{"Expires: -1", 0},
		{"Expires: Tue, 14 Nov 2023 23:13:20 GMT\nCache-Control: max-age=60", 60},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct caching caching = caching_of(cases[i].fields);
		if (caching_fresh(&caching, NOW) != cases[i].fresh)
			fail_msg("%s: %lld", cases[i].fields,
				(long long)caching_fresh(&caching, NOW));
	}
}

static void test_retry(void **state)
{
	static const struct {
		const char *fields;
		int64_t retry;
	} cases[] = {
		{"X: y", 0},
		{"Retry-After: 120", NOW + 120},
		{"Retry-After: Tue, 14 Nov 2023 23:13:20 GMT", NOW + 3600},
		{"Retry-After: Tue, 14 Nov 2023 21:13:20 GMT", 0},
		{"Retry-After: later", 0},
		{"Retry-After: -1", 0},
		{"Retry-After: 99999999999999999999", (int64_t)NOW + INT32_MAX},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct caching caching = caching_of(cases[i].fields);
		assert_int_equal(caching_retry(&caching, NOW), cases[i].retry);
	}
}

static void test_validators(void **state)
{
	char line[CACHING_TEXT + 32] = "ETag: ";
	(void)state;
	struct caching caching = caching_of("ETag: W/\"a b\"\nLast-Modified:  yesterday ");
	assert_string_equal(caching.etag, "W/\"a b\"");
	assert_string_equal(caching.last_modified, "yesterday");
	/* What cannot be sent back is not kept. */
	assert_string_equal(caching_of("ETag: a\001b").etag, "");
	memset(line + 6, 'x', CACHING_TEXT - 1);
	assert_int_equal(strlen(caching_of(line).etag), CACHING_TEXT - 1);
	line[6 + CACHING_TEXT - 1] = 'x';
	assert_string_equal(caching_of(line).etag, "");
}

/* ---- proxies ------------------------------------------------------------------ */

static void test_no_proxy(void **state)
{
	static const struct {
		const char *list, *host;
		bool has;
	} cases[] = {
		{"*", "example.org", true},
		{"example.org", "example.org", true},
		{"example.org", "EXAMPLE.org.", true},
		{"example.org", "www.example.org", true},
		{".example.org", "www.example.org", true},
		{".example.org", "example.org", true},
		{"example.org", "badexample.org", false},
		{"a, b  example.org", "example.org", true},
		{"a,,b", "", false},
		{"10.0.0.0/8", "10.1.1.1", true},
		{"10.0.0.0/8", "11.1.1.1", false},
		{"127.0.0.1", "127.0.0.1", true},
		{"", "example.org", false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(
			proxy_list_has(str_of(cases[i].list), str_of(cases[i].host)), cases[i].has);
}

static void test_proxy_choice(void **state)
{
	static const char *const names[] = {"http_proxy", "HTTP_PROXY", "https_proxy",
		"HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"};
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unsetenv(names[i]);
	assert_string_equal(proxy_for(STR("http"), STR("a.example"), NULL), "");
	setenv("HTTP_PROXY", "http://evil", 1); /* a header of a request to a CGI program */
	assert_string_equal(proxy_for(STR("http"), STR("a.example"), NULL), "");
	setenv("ALL_PROXY", "http://all", 1);
	setenv("HTTPS_PROXY", "http://tls", 1);
	assert_string_equal(proxy_for(STR("http"), STR("a.example"), NULL), "http://all");
	assert_string_equal(proxy_for(STR("https"), STR("a.example"), NULL), "http://tls");
	setenv("no_proxy", "a.example", 1);
	assert_string_equal(proxy_for(STR("https"), STR("a.example"), NULL), "");
	assert_string_equal(proxy_for(STR("https"), STR("b.example"), NULL), "http://tls");
	assert_string_equal(
		proxy_for(STR("https"), STR("b.example"), "http://mine"), "http://mine");
	assert_string_equal(proxy_for(STR("https"), STR("b.example"), ""), "");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unsetenv(names[i]);
}

/* ---- words ---------------------------------------------------------------------- */

static void test_shown_url(void **state)
{
	static const struct {
		const char *url, *shown;
	} cases[] = {
		{"https://example.org/a?b=c@d#e@f", "https://example.org/a?b=c@d#e@f"},
		{"https://user:secret@example.org/a", "https://example.org/a"},
		{"https://user:se@cret@example.org:80/a@b", "https://example.org:80/a@b"},
		{"https://user@", "https://"},
		{"command:news", "command:news"},
		{"https://example.org/\n\033[2J x", "https://example.org/%0A%1B[2J%20x"},
		{"", ""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buffer shown = {0};
		net_show_url(str_of(cases[i].url), &shown);
		assert_string_equal(shown.data ? shown.data : "", cases[i].shown);
		buffer_free(&shown);
	}
}

/* Each status has words of its own, which name it. */
static void test_words(void **state)
{
	(void)state;
	for (int status = 300; status < 600; status++) {
		char number[16];
		struct error error = {0};
		snprintf(number, sizeof number, "(%d)", status);
		wording_of_status(status, &error);
		assert_int_equal(error.status, EX_UNAVAILABLE);
		assert_non_null(strstr(error.message, number));
		assert_non_null(strstr(error.message, ": "));
	}
	struct error error = {0};
	wording_of_code(CURLE_COULDNT_RESOLVE_HOST, "example.org", &error);
	assert_int_equal(error.status, EX_NOHOST);
	assert_true(str_starts(str_of(error.message), STR("example.org: ")));
	assert_true(wording_is_offline(CURLE_COULDNT_CONNECT));
	assert_false(wording_is_offline(CURLE_PARTIAL_FILE));
	wording_of_code(CURLE_LDAP_CANNOT_BIND, "example.org", &error);
	assert_true(str_starts(str_of(error.message), STR("example.org: ")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_host_names),
		cmocka_unit_test(test_fresh),
		cmocka_unit_test(test_retry),
		cmocka_unit_test(test_validators),
		cmocka_unit_test(test_no_proxy),
		cmocka_unit_test(test_proxy_choice),
		cmocka_unit_test(test_shown_url),
		cmocka_unit_test(test_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
