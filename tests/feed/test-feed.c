/*
 * Feeds of all formats and shapes, each beside what it must become: the files cases/NAME.cases,
 * whose first lines tell how they are written.
 */
#include "feed/feed.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants the headers above first. */
#include <cmocka.h>

#define NAMESPACES                                                                                 \
	" xmlns:content='http://purl.org/rss/1.0/modules/content/'"                                \
	" xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:dcterms='http://purl.org/dc/terms/'"   \
	" xmlns:media='http://search.yahoo.com/mrss/'"                                             \
	" xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'"                               \
	" xmlns:slash='http://purl.org/rss/1.0/modules/slash/'"                                    \
	" xmlns:wfw='http://wellformedweb.org/CommentAPI/'"                                        \
	" xmlns:thr='http://purl.org/syndication/thread/1.0'"                                      \
	" xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'"                                 \
	" xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'"                           \
	" xmlns:x='http://www.w3.org/1999/xhtml'"
#define RSS "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'" NAMESPACES "><channel>"
#define ATOM "<feed xmlns='http://www.w3.org/2005/Atom'" NAMESPACES ">"
#define ATOM03 "<feed version='0.3' xmlns='http://purl.org/atom/ns#'" NAMESPACES ">"
#define RDF                                                                                        \
	"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"                         \
	" xmlns='http://purl.org/rss/1.0/'" NAMESPACES "><channel rdf:about='http://e.org/'>"

/* What "@name" writes before and after a document. */
static const struct {
	const char *name, *before, *after;
} frames[] = {
	{"@rss", RSS, "</channel></rss>"},
	{"@item", RSS "<item>", "</item></channel></rss>"},
	{"@atom", ATOM, "</feed>"},
	{"@entry", ATOM "<entry>", "</entry></feed>"},
	{"@atom03", ATOM03, "</feed>"},
	{"@entry03", ATOM03 "<entry>", "</entry></feed>"},
	{"@rdf", RDF "</channel>", "</rdf:RDF>"},
	{"@rdfitem", RDF "</channel><item rdf:about='http://e.org/1'>", "</item></rdf:RDF>"},
	{"", "", ""},
};

struct sample {
	char name[100], base[200], type[200];
	struct buffer document;
	size_t line;
};

/* The value at "items.0.title"; NULL: absent. */
static const json_t *at_path(const json_t *value, struct str path)
{
	struct str rest = path, piece;
	while (value && str_split(&rest, '.', &piece)) {
		char key[64];
		snprintf(key, sizeof key, "%.*s", STR_ARG(piece));
		value = json_is_array(value) ? json_array_get(value, (size_t)atoi(key))
					     : json_object_get(value, key);
	}
	return value;
}

/* As the cases write it: strings as they are, lists by their length. */
static struct buffer as_text(const json_t *value)
{
	struct buffer text = {0};
	if (json_is_string(value))
		buffer_str(&text, str_of(json_string_value(value)));
	else if (json_is_integer(value))
		buffer_printf(&text, "%lld", (long long)json_integer_value(value));
	else if (json_is_boolean(value))
		buffer_str(&text, json_is_true(value) ? STR("true") : STR("false"));
	else if (json_is_array(value))
		buffer_printf(&text, "#%zu", json_array_size(value));
	return text;
}

/* "\n" is written as two characters. */
static void unescape(struct str s, struct buffer *out)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '\\' && i + 1 < s.len && s.ptr[i + 1] == 'n') {
			buffer_byte(out, '\n');
			i++;
		} else {
			buffer_byte(out, s.ptr[i]);
		}
	}
}

/* One expectation: "path=value", "path~part of the value", "path!what is not in it". */
static bool holds(const json_t *root, struct str line, struct buffer *is)
{
	size_t at = 0;
	while (at < line.len && !strchr("=~!", line.ptr[at]))
		at++;
	struct buffer want = {0};
	unescape(str_slice(line, at + 1, line.len), &want);
	buffer_free(is);
	*is = as_text(at_path(root, str_slice(line, 0, at)));
	struct str have = buffer_view(is), part = buffer_view(&want);
	bool good = line.ptr[at] == '='   ? str_equal(have, part)
		    : line.ptr[at] == '~' ? str_find(have, part) >= 0
					  : str_find(have, part) < 0;
	buffer_free(&want);
	return good;
}

static json_t *parse(const struct sample *sample, struct error *error)
{
	struct feed feed;
	const struct feed_source source = {str_of(sample->base), str_of(sample->type)};
	if (feed_parse(buffer_view(&sample->document), &source, &feed, error) < 0)
		return NULL;
	struct buffer out = {0};
	assert_int_equal(feed_write_json(&feed, &out, error), 0);
	json_error_t wrong;
	json_t *root = json_loadb(out.data, out.len, 0, &wrong);
	if (!root)
		fail_msg("%s: no JSON: %s", sample->name, wrong.text);
	buffer_free(&out);
	feed_free(&feed);
	return root;
}

/* Runs one case on its expectations; the number of those that fail. */
static int run(struct sample *sample, struct str expectations)
{
	struct error error = {0};
	struct str rest = expectations, line;
	int failed = 0;
	json_t *root = parse(sample, &error);
	struct buffer is = {0};
	while (str_split(&rest, '\n', &line)) {
		if (line.len == 0)
			continue;
		if (str_equal(line, STR("no feed"))) {
			failed += root != NULL;
		} else if (!root) {
			print_error(
				"%s, line %zu: %s\n", sample->name, sample->line, error.message);
			failed++;
			break;
		} else if (!holds(root, line, &is)) {
			print_error("%s, line %zu: %.*s\n    it is: %s\n", sample->name,
				sample->line, STR_ARG(line), buffer_view(&is).ptr);
			failed++;
		}
	}
	buffer_free(&is);
	json_decref(root);
	return failed;
}

static struct buffer read_file(const char *name)
{
	char path[1024], piece[4096];
	const char *top = getenv("KHABAR_SOURCE");
	struct buffer bytes = {0};
	snprintf(path, sizeof path, "%s/tests/feed/cases/%s", top ? top : ".", name);
	FILE *file = fopen(path, "rb");
	if (!file)
		fail_msg("cannot open %s", path);
	for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;)
		buffer_add(&bytes, piece, n);
	fclose(file);
	return bytes;
}

static size_t frame_of(struct str line)
{
	size_t i = 0;
	while (frames[i].name[0] && !str_equal(line, str_of(frames[i].name)))
		i++;
	return i;
}

/* Reads the head and the document of a case; *rest stands behind its "---" then. */
static void read_case(struct sample *sample, struct str *rest, size_t *line_number)
{
	struct str line;
	size_t frame = sizeof frames / sizeof *frames - 1;
	bool first = true;
	sample->base[0] = sample->type[0] = '\0';
	buffer_clear(&sample->document);
	while (str_split(rest, '\n', &line)) {
		++*line_number;
		if (str_equal(line, STR("---")))
			break;
		if (str_starts(line, STR("base: "))) {
			snprintf(sample->base, sizeof sample->base, "%.*s",
				STR_ARG(str_slice(line, 6, line.len)));
		} else if (str_starts(line, STR("type: "))) {
			snprintf(sample->type, sizeof sample->type, "%.*s",
				STR_ARG(str_slice(line, 6, line.len)));
		} else if (frames[frame_of(line)].name[0]) {
			frame = frame_of(line);
			buffer_str(&sample->document, str_of(frames[frame].before));
		} else {
			if (!first)
				buffer_byte(&sample->document, '\n');
			buffer_str(&sample->document, line);
			first = false;
		}
	}
	buffer_str(&sample->document, str_of(frames[frame].after));
}

static void run_file(const char *name, int least)
{
	struct buffer bytes = read_file(name);
	struct str rest = buffer_view(&bytes), line;
	struct sample sample = {.name = ""};
	int failed = 0, count = 0;
	size_t line_number = 0;
	while (str_split(&rest, '\n', &line)) {
		line_number++;
		if (!str_starts(line, STR("=== ")))
			continue;
		snprintf(sample.name, sizeof sample.name, "%.*s",
			STR_ARG(str_slice(line, 4, line.len)));
		sample.line = line_number;
		read_case(&sample, &rest, &line_number);
		ptrdiff_t end = str_find(rest, STR("\n=== "));
		size_t len = end < 0 ? rest.len : (size_t)end + 1;
		struct str expectations = str_slice(rest, 0, len);
		for (size_t i = 0; i < len; i++)
			line_number += rest.ptr[i] == '\n';
		rest = str_slice(rest, len, rest.len);
		failed += run(&sample, expectations);
		count++;
	}
	buffer_free(&sample.document);
	buffer_free(&bytes);
	assert_int_equal(failed, 0);
	assert_true(count >= least);
}

#define CASES(file, least)                                                                         \
	static void test_##file(void **state)                                                      \
	{                                                                                          \
		(void)state;                                                                       \
		run_file(#file ".cases", least);                                                   \
	}

CASES(rss, 40)
CASES(atom, 30)
CASES(modules, 30)
CASES(broken, 30)
CASES(json, 10)
CASES(addresses, 10)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rss),
		cmocka_unit_test(test_atom),
		cmocka_unit_test(test_modules),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_addresses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
