#include "article/import.h"

#include "article/boilerplate.h"
#include "article/declared.h"
#include "article/language.h"
#include "article/plain.h"
#include "article/webpage.h"
#include "base/buffer.h"
#include "base/charset.h"
#include "base/limit.h"
#include "base/utf8.h"
#include "text/clean.h"

#include <sha2.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#define SNIFF 4096           /* bytes in which a page shows that it is HTML */
#define TITLE_LENGTH 80      /* code points of a title made from the text */

/* ---- what kind of bytes ---- */

static bool is_markup_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '!' || c == '/';
}

/* Tags of pages; a "<" in a text is followed by none of them. */
static bool looks_like_html(struct str text)
{
	static const struct str tags[] = {{"html", 4}, {"!doctype", 8}, {"head", 4}, {"body", 4},
		{"div", 3}, {"p>", 2}, {"p ", 2}, {"meta", 4}, {"title", 5}, {"table", 5},
		{"article", 7}, {"br", 2}, {"h1", 2}, {"h2", 2}, {"span", 4}, {"script", 6},
		{"main", 4}, {"section", 7}, {"ul", 2}, {"center", 6}, {"font", 4}};
	text = str_slice(text, 0, SNIFF);
	size_t found = 0;
	bool first = str_starts(str_trim(text), STR("<"));
	for (size_t i = 0; i + 1 < text.len; i++) {
		if (text.ptr[i] != '<' || !is_markup_char(text.ptr[i + 1]))
			continue;
		struct str rest = str_slice(text, i + 1, text.len);
		for (size_t k = 0; k < sizeof tags / sizeof *tags; k++)
			found += str_equal_nocase(str_slice(rest, 0, tags[k].len), tags[k]);
	}
	return found > 2 || (first && found > 0);
}

static bool is_type(struct str content_type, struct str type)
{
	return str_equal_nocase(str_slice(str_trim(content_type), 0, type.len), type);
}

/* Whether nothing of it can be seen. */
static bool is_blank(struct str text)
{
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		if (text_clean(cp) != TEXT_DROP && !text_is_invisible(cp) &&
				!u_isUWhiteSpace((UChar32)cp) &&
				u_charType((UChar32)cp) != U_FORMAT_CHAR)
			return false;
	}
	return true;
}

/* ---- what the page left open ---- */

static bool fill_language(struct import_article *a, struct str text)
{
	const char *guess = language_guess(text);
	struct str said = str_of(a->language);
	enum text_direction runs = language_main_direction(text);
	bool lie = said.len > 0 && runs != TEXT_AUTO && language_direction(said) != runs;
	bool odd = said.len > 35;
	for (size_t i = 0; i < said.len; i++) {
		char c = said.ptr[i];
		if (c == '_')
			a->language[i] = '-';
		else if (!(c == '-' || (c >= '0' && c <= '9') || (is_markup_char(c) && c != '!' && c != '/')))
			odd = true;
	}
	if (said.len == 0 || (lie && guess[0]) || odd) {
		free(a->language);
		a->language = str_dup(str_of(guess));
	} else if (str_equal_nocase(said, STR("iw"))) {
		memcpy(a->language, "he", 2);
	}
	return a->language != NULL;
}

static void fill_direction(struct import_article *a, struct str text)
{
	if (a->direction == TEXT_AUTO)
		a->direction = language_text_direction(text);
	if (a->direction == TEXT_AUTO)
		a->direction = TEXT_LTR;
}

/* The name of the file without its ending, else the first words of the text. */
static bool fill_title(struct import_article *a, struct str name, struct str text)
{
	if (a->title && a->title[0])
		return true;
	free(a->title);
	for (size_t i = 0; i < name.len;) {
		if (name.ptr[i++] == '/') {
			name = str_slice(name, i, name.len);
			i = 0;
		}
	}
	for (size_t i = name.len; i > 1; i--) {
		if (name.ptr[i - 1] == '.') {
			name.len = i - 1;
			break;
		}
	}
	size_t end = 0, count = 0, word = 0;
	while (end < text.len && text.ptr[end] != '\n' && count < TITLE_LENGTH) {
		uint32_t cp;
		if (text.ptr[end] == ' ')
			word = end;
		end += utf8_decode(text.ptr + end, text.len - end, &cp);
		count++;
	}
	if (count == TITLE_LENGTH && word > 0)
		end = word;
	a->title = str_dup(name.len > 0 ? name : str_slice(text, 0, end));
	return a->title != NULL;
}

static bool fill_guid(struct import_article *a, struct str text)
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	struct buffer guid = {0};
	SHA2_CTX context;
	if (a->url && a->url[0]) {
		a->guid = str_dup(str_of(a->url));
		return a->guid != NULL;
	}
	SHA256Init(&context);
	SHA256Update(&context, (const uint8_t *)a->title, strlen(a->title));
	SHA256Update(&context, (const uint8_t *)"\n", 1);
	SHA256Update(&context, (const uint8_t *)text.ptr, text.len);
	SHA256Final(digest, &context);
	buffer_str(&guid, STR("sha256:"));
	for (size_t i = 0; i < sizeof digest; i++)
		buffer_printf(&guid, "%02x", digest[i]);
	a->guid = buffer_take(&guid);
	return a->guid != NULL;
}

/* Takes what must never reach a screen out of a field: controls, bidi controls, line ends. */
static bool clean_field(char **field)
{
	struct str text = str_of(*field);
	struct buffer clean = {0};
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		bool blank = cp == '\t' || cp == '\n' || cp == '\r' || cp == 0x2028 || cp == 0x2029;
		bool dropped = cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0xFEFF ||
			(cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
		if (blank)
			buffer_byte(&clean, ' ');
		else if (!dropped)
			buffer_utf8(&clean, cp);
	}
	free(*field);
	*field = buffer_take(&clean);
	return *field != NULL;
}

static bool clean_fields(struct import_article *a)
{
	char **fields[] = {&a->title, &a->section, &a->author, &a->site, &a->url, &a->summary,
		&a->language, &a->next};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		if (!clean_field(fields[i]))
			return false;
	}
	return true;
}

/* What is asked of a page. */
struct request {
	struct str content_type;
	struct str name; /* for a title */
	struct str url;
	bool whole;
};

static bool complete(struct import_article *a, const struct request *request, struct str text)
{
	struct buffer all = {0};
	buffer_str(&all, str_of(a->title));
	buffer_byte(&all, '\n');
	buffer_str(&all, str_of(a->summary));
	buffer_byte(&all, '\n');
	buffer_str(&all, text);
	bool good = !all.failed && fill_language(a, buffer_view(&all));
	if (good)
		fill_direction(a, buffer_view(&all));
	buffer_free(&all);
	bool titled = request->whole || !good || fill_title(a, request->name, text);
	return good && titled && clean_fields(a) && fill_guid(a, text);
}

static int extract(struct str text, bool html, const struct request *request,
		struct import_article *article, struct buffer *body, struct error *error)
{
	struct boilerplate *boilerplate = boilerplate_new();
	if (!boilerplate)
		return error_no_memory(error);
	const struct webpage_options options = {
		.boilerplate = boilerplate, .url = request->url, .whole = request->whole};
	int result = html
		? webpage_extract(text, &options, article, body, error)
		: plain_extract(text, boilerplate, language_text_direction(text), article, body,
				error);
	if (result == 0 && is_blank(buffer_view(body)))
		result = error_set(error, EX_DATAERR, "no article found: nothing in it can be seen: "
				"save the whole page");
	if (result == 0 && !complete(article, request, buffer_view(body)))
		result = error_no_memory(error);
	boilerplate_free(boilerplate);
	return result;
}

static int read_source(struct str bytes, const struct request *request,
		struct import_article *article, struct buffer *body, struct error *error)
{
	struct buffer text = {0};
	struct str content_type = request->content_type;
	*article = (struct import_article){.published = INT64_MIN};
	if (bytes.len > LIMIT_SOURCE)
		return limit_exceeded(error);
	bool said_plain = is_type(content_type, STR("text/plain"));
	struct str in_page = said_plain ? STR("") : declared_in_page(bytes);
	if (charset_to_utf8(bytes, declared_charset(content_type), in_page, &text, NULL, error) < 0) {
		buffer_free(&text);
		return -1;
	}
	int result;
	if (text.len > LIMIT_SOURCE) {
		result = limit_exceeded(error);
	} else if (is_blank(buffer_view(&text))) {
		result = error_set(error, EX_DATAERR, "empty: there is no text in it: "
				"save the page again");
	} else {
		bool html = is_type(content_type, STR("text/html")) ||
			is_type(content_type, STR("application/xhtml")) ||
			(!said_plain && looks_like_html(buffer_view(&text)));
		result = extract(buffer_view(&text), html, request, article, body, error);
	}
	buffer_free(&text);
	if (result < 0)
		import_article_free(article);
	return result;
}

int import_article(struct str bytes, struct str content_type, struct str name,
		struct import_article *article, struct error *error)
{
	const struct request request = {content_type, name, {"", 0}, false};
	struct buffer body = {0};
	int result = read_source(bytes, &request, article, &body, error);
	buffer_free(&body);
	return result;
}

int import_page(struct str bytes, struct str content_type, struct str url,
		struct import_article *article, struct buffer *text, struct error *error)
{
	const struct request request = {content_type, {"", 0}, url, true};
	return read_source(bytes, &request, article, text, error);
}

void import_article_free(struct import_article *a)
{
	char *strings[] = {a->guid, a->title, a->section, a->author, a->site, a->url, a->summary,
		a->language, a->html, a->next};
	for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
		free(strings[i]);
	*a = (struct import_article){.published = INT64_MIN};
}
