#include "article/tame.h"

#include <string.h>

#define DEPTH_MAX 256     /* counted elements inside each other */
#define TAGS_MAX 400000   /* in a page; after them text only */

enum kind {
	NESTED,   /* may hold itself: counted */
	LOOSE,    /* closes itself (p, li, tr ...): passed on */
	CELL,     /* closes itself; end tags do not reach out of it */
	TABLE,    /* counted; end tags do not reach out of it */
	VOID,     /* has no end */
	FORMAT,   /* passed on once while open */
	GONE_TAG, /* the tag goes, its content stays */
	GONE,     /* the element goes */
	RAW_GONE, /* its content is no markup; all goes */
	FRAME,    /* the same, but the tags stay */
	TEMPLATE, /* not to be seen: a hidden <div> */
	SCRIPT,   /* the same, unless it is JSON-LD */
	RAW_TEXT, /* its content is text: escaped */
};

struct element {
	struct str name;
	enum kind kind;
};

#define E(name, kind) {{name, sizeof name - 1}, kind}

/* What is not here is NESTED. */
static const struct element elements[] = {
	E("p", LOOSE), E("li", LOOSE), E("dt", LOOSE), E("dd", LOOSE), E("option", LOOSE),
	E("optgroup", LOOSE), E("tr", LOOSE), E("tbody", LOOSE), E("thead", LOOSE),
	E("tfoot", LOOSE), E("colgroup", LOOSE), E("rp", LOOSE), E("rt", LOOSE), E("html", LOOSE),
	E("head", LOOSE), E("body", LOOSE), E("td", CELL), E("th", CELL), E("table", TABLE),
	E("area", VOID), E("base", VOID), E("br", VOID), E("col", VOID), E("embed", VOID),
	E("hr", VOID), E("img", VOID), E("input", VOID), E("link", VOID), E("meta", VOID),
	E("param", VOID), E("source", VOID), E("track", VOID), E("wbr", VOID), E("b", FORMAT),
	E("strong", FORMAT), E("i", FORMAT), E("em", FORMAT), E("u", FORMAT), E("s", FORMAT),
	E("strike", FORMAT), E("code", FORMAT), E("small", FORMAT), E("font", GONE_TAG), E("big", GONE_TAG),
	E("tt", GONE_TAG), E("nobr", GONE_TAG), E("plaintext", GONE_TAG),
	E("xmp", GONE_TAG), E("listing", GONE_TAG), E("frameset", GONE_TAG), E("frame", GONE_TAG),
	E("template", TEMPLATE), E("image", GONE_TAG), E("bgsound", GONE_TAG),
	E("keygen", GONE_TAG), E("basefont", GONE_TAG), E("marquee", GONE_TAG), E("svg", GONE),
	E("math", GONE), E("style", RAW_GONE), E("iframe", FRAME), E("noembed", RAW_GONE),
	E("noframes", RAW_GONE), E("textarea", RAW_GONE), E("script", SCRIPT), E("title", RAW_TEXT),
};

#define FORMATS 9

/* In the bit order of struct tag.seen. */
static const struct str attributes[] = {
	{"href", 4}, {"class", 5}, {"id", 2}, {"itemprop", 8}, {"itemtype", 8}, {"rel", 3},
	{"property", 8}, {"name", 4}, {"content", 7}, {"dir", 3}, {"lang", 4}, {"hidden", 6},
	{"style", 5}, {"role", 4}, {"datetime", 8}, {"type", 4}, {"start", 5}, {"reversed", 8},
	{"aria-hidden", 11}, {"alt", 3}, {"itemscope", 9}, {"value", 5}, {"src", 3},
	{"xml:lang", 8}, {"charset", 7}, {"cite", 4}, {"colspan", 7}, {"rowspan", 7}, {"title", 5},
	{"width", 5}, {"height", 6}, {"srcset", 6}, {"data-src", 8}, {"data-original", 13},
	{"data-lazy-src", 13}, {"data-srcset", 11}, {"data-lazy-srcset", 16}, {"data", 4},
	{"aria-label", 10}, {"aria-level", 10}, {"shadowrootmode", 14},
};

_Static_assert(sizeof attributes / sizeof *attributes <= 64, "struct tag.seen has a bit for each");

#define ATTRIBUTES (sizeof attributes / sizeof *attributes)

struct tag {
	struct str name; /* as written */
	bool end;
	struct str values[ATTRIBUTES]; /* as written, without quotes */
	uint64_t seen;
};

struct open_element {
	struct str name;
	enum kind kind;
};

struct tamer {
	struct str in;
	size_t at;
	struct buffer *out;
	struct open_element stack[DEPTH_MAX];
	size_t depth;
	size_t skipped; /* counted elements open beyond DEPTH_MAX */
	size_t formats[FORMATS];
	size_t tags;
	bool no_end[2]; /* no further "</svg", "</math" in the page */
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static bool at_end(const struct tamer *t)
{
	return t->at >= t->in.len;
}

static char peek(const struct tamer *t)
{
	return at_end(t) ? '\0' : t->in.ptr[t->at];
}

static void skip_spaces(struct tamer *t)
{
	while (!at_end(t) && is_space(peek(t)))
		t->at++;
}

static struct str since(const struct tamer *t, size_t start)
{
	return str_slice(t->in, start, t->at);
}

/* The value after "=", as the tokenizer's three value states read it. */
static struct str read_value(struct tamer *t)
{
	skip_spaces(t);
	char quote = peek(t);
	if (quote == '"' || quote == '\'') {
		size_t start = ++t->at;
		while (!at_end(t) && peek(t) != quote)
			t->at++;
		struct str value = since(t, start);
		t->at += !at_end(t);
		return value;
	}
	size_t start = t->at;
	while (!at_end(t) && !is_space(peek(t)) && peek(t) != '>')
		t->at++;
	return since(t, start);
}

static void read_attribute(struct tamer *t, struct tag *tag)
{
	size_t start = t->at++; /* the first byte may even be "=" */
	while (!at_end(t) && !is_space(peek(t)) && peek(t) != '/' && peek(t) != '>' &&
			peek(t) != '=')
		t->at++;
	struct str name = since(t, start), value = {"", 0};
	skip_spaces(t);
	if (peek(t) == '=') {
		t->at++;
		value = read_value(t);
	}
	for (size_t i = 0; i < ATTRIBUTES; i++) {
		if (str_equal_nocase(name, attributes[i]) && !(tag->seen & UINT64_C(1) << i)) {
			tag->seen |= UINT64_C(1) << i;
			tag->values[i] = value;
		}
	}
}

/* Reads a tag whose name starts at t->at.  False when the page ends in it. */
static bool read_tag(struct tamer *t, struct tag *tag)
{
	size_t start = t->at;
	while (!at_end(t) && !is_space(peek(t)) && peek(t) != '/' && peek(t) != '>')
		t->at++;
	tag->name = since(t, start);
	tag->seen = 0;
	while (!at_end(t) && peek(t) != '>') {
		if (is_space(peek(t)) || peek(t) == '/')
			t->at++;
		else
			read_attribute(t, tag);
	}
	if (at_end(t))
		return false;
	t->at++;
	return true;
}

/* Bytes of a control character at i that no page needs: C0 but white space, DEL, C1; else 0. */
static size_t control_at(struct str s, size_t i)
{
	unsigned char c = (unsigned char)s.ptr[i];
	if ((c < 0x20 && !is_space((char)c)) || c == 0x7F)
		return 1;
	return c == 0xC2 && i + 1 < s.len && (unsigned char)s.ptr[i + 1] < 0xA0 ? 2 : 0;
}

static void write_text(struct buffer *out, struct str text)
{
	size_t start = 0;
	for (size_t i = 0; i < text.len;) {
		size_t control = control_at(text, i);
		if (control) {
			buffer_str(out, str_slice(text, start, i));
			start = i + control;
		}
		i += control ? control : 1;
	}
	buffer_str(out, str_slice(text, start, text.len));
}

static void write_value(struct buffer *out, struct str value)
{
	for (size_t i = 0; i < value.len; i++) {
		size_t control = control_at(value, i);
		if (control)
			i += control - 1;
		else if (value.ptr[i] == '"')
			buffer_str(out, STR("&quot;"));
		else if (value.ptr[i] == '<')
			buffer_str(out, STR("&lt;"));
		else
			buffer_byte(out, value.ptr[i]);
	}
}

/* Elements that are reopened all over a page keep what matters to their text only. */
static bool is_of_text(struct str attribute)
{
	return str_equal(attribute, STR("dir")) || str_equal(attribute, STR("lang"));
}

const char *tame_attribute(struct str name, bool format)
{
	for (size_t i = 0; i < ATTRIBUTES; i++) {
		if (str_equal_nocase(name, attributes[i]))
			return format && !is_of_text(attributes[i]) ? NULL : attributes[i].ptr;
	}
	return NULL;
}

static void write_tag(struct tamer *t, const struct tag *tag, bool only_text)
{
	if (++t->tags > TAGS_MAX) {
		buffer_byte(t->out, ' ');
		return;
	}
	buffer_str(t->out, tag->end ? STR("</") : STR("<"));
	for (size_t i = 0; i < tag->name.len; i++)
		buffer_byte(t->out, tag->name.ptr[i] == '<' ? '_' : tag->name.ptr[i]);
	for (size_t i = 0; i < ATTRIBUTES && !tag->end; i++) {
		if (!(tag->seen & UINT64_C(1) << i) || (only_text && !is_of_text(attributes[i])))
			continue;
		buffer_byte(t->out, ' ');
		buffer_str(t->out, attributes[i]);
		buffer_str(t->out, STR("=\""));
		write_value(t->out, tag->values[i]);
		buffer_byte(t->out, '"');
	}
	buffer_byte(t->out, '>');
}

/* ---- elements ---- */

static enum kind kind_of(struct str name)
{
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
		if (str_equal_nocase(name, elements[i].name))
			return elements[i].kind;
	}
	return NESTED;
}

/* A cell, row or end of one closes the cell that is open in the innermost table. */
static void close_cell(struct tamer *t)
{
	for (size_t i = t->depth; i > 0 && t->stack[i - 1].kind != TABLE; i--) {
		if (t->stack[i - 1].kind == CELL) {
			t->depth = i - 1;
			return;
		}
	}
}

static void open_counted(struct tamer *t, const struct tag *tag, enum kind kind)
{
	if (t->depth == DEPTH_MAX) {
		t->skipped++;
		buffer_byte(t->out, ' ');
		return;
	}
	t->stack[t->depth++] = (struct open_element){tag->name, kind};
	write_tag(t, tag, false);
}

static void close_counted(struct tamer *t, const struct tag *tag, enum kind kind)
{
	if (t->skipped > 0) {
		t->skipped--;
		buffer_byte(t->out, ' ');
		return;
	}
	for (size_t i = t->depth; i > 0; i--) {
		const struct open_element *open = &t->stack[i - 1];
		if (str_equal_nocase(open->name, tag->name)) {
			t->depth = i - 1;
			break;
		}
		if (kind != TABLE && (open->kind == CELL || open->kind == TABLE))
			break;
	}
	write_tag(t, tag, false);
}

static void format(struct tamer *t, const struct tag *tag)
{
	size_t slot = 0;
	for (size_t i = 0, n = 0; i < sizeof elements / sizeof *elements; i++) {
		if (elements[i].kind != FORMAT)
			continue;
		if (str_equal_nocase(tag->name, elements[i].name))
			slot = n;
		n++;
	}
	size_t *open = &t->formats[slot];
	if (!tag->end) {
		if (++*open == 1)
			write_tag(t, tag, true);
	} else if (*open > 1) {
		--*open;
	} else {
		*open = 0;
		write_tag(t, tag, false);
	}
}

/* Where "</name" next stands, or the end of the page. */
static size_t find_end_tag(const struct tamer *t, struct str name)
{
	for (size_t i = t->at; i < t->in.len; i++) {
		const char *hit = memchr(t->in.ptr + i, '<', t->in.len - i);
		if (!hit)
			break;
		i = (size_t)(hit - t->in.ptr);
		struct str rest = str_slice(t->in, i + 1, i + 2 + name.len);
		if (rest.len == name.len + 1 && rest.ptr[0] == '/' &&
				str_equal_nocase(str_slice(rest, 1, rest.len), name))
			return i;
	}
	return t->in.len;
}

static void write_json(struct buffer *out, struct str json)
{
	for (size_t i = 0; i < json.len; i++) {
		if (json.ptr[i] == '<')
			buffer_str(out, STR("\\u003c"));
		else
			buffer_byte(out, json.ptr[i]);
	}
}

static void raw(struct tamer *t, const struct tag *tag, enum kind kind)
{
	size_t end = find_end_tag(t, tag->name);
	struct str content = str_slice(t->in, t->at, end);
	struct str type = {"", 0};
	for (size_t i = 0; i < ATTRIBUTES; i++) {
		if ((tag->seen & UINT64_C(1) << i) && str_equal(attributes[i], STR("type")))
			type = tag->values[i];
	}
	bool json = kind == SCRIPT && str_find_nocase(type, STR("ld+json")) >= 0;
	t->at = end;
	if (!at_end(t)) {
		struct tag close;
		t->at += 2;
		read_tag(t, &close);
	}
	if (!json && kind != RAW_TEXT && kind != FRAME)
		return;
	write_tag(t, tag, false);
	if (kind == FRAME) {
		buffer_str(t->out, STR("</iframe>"));
		return;
	}
	if (json)
		write_json(t->out, content);
	else
		write_value(t->out, content);
	buffer_str(t->out, json ? STR("</script>") : STR("</title>"));
}

/* Drops <svg> and <math> whole; the tag alone where the page does not end them. */
static void drop_drawing(struct tamer *t, const struct tag *tag)
{
	bool *no_end = &t->no_end[str_equal_nocase(tag->name, STR("math"))];
	if (tag->end || *no_end)
		return;
	size_t end = find_end_tag(t, tag->name);
	*no_end = end == t->in.len;
	if (*no_end)
		return;
	struct tag close;
	t->at = end + 2;
	read_tag(t, &close);
}

/*
 * The content of a template is not part of the page; that of a shadow root is seen.  The tree
 * builder's own way with templates is a world apart, so that they become other elements.
 */
static void template(struct tamer *t, struct tag *tag)
{
	bool hidden = true;
	for (size_t i = 0; i < ATTRIBUTES; i++) {
		if (str_equal(attributes[i], STR("shadowrootmode")))
			hidden = !(tag->seen & UINT64_C(1) << i);
	}
	tag->seen = 0;
	for (size_t i = 0; i < ATTRIBUTES && hidden; i++) {
		if (str_equal(attributes[i], STR("hidden"))) {
			tag->seen = UINT64_C(1) << i;
			tag->values[i] = STR("");
		}
	}
	tag->name = STR("marquee"); /* one that may hold anything; such tags of the page are gone */
	if (tag->end)
		close_counted(t, tag, NESTED);
	else
		open_counted(t, tag, NESTED);
}

static void element(struct tamer *t, struct tag *tag)
{
	enum kind kind = kind_of(tag->name);
	switch (kind) {
	case VOID:
	case LOOSE:
		if (str_equal_nocase(tag->name, STR("tr")))
			close_cell(t);
		write_tag(t, tag, false);
		break;
	case CELL:
		close_cell(t);
		if (tag->end)
			write_tag(t, tag, false);
		else
			open_counted(t, tag, kind);
		break;
	case FORMAT:
		format(t, tag);
		break;
	case SCRIPT:
	case RAW_GONE:
	case RAW_TEXT:
	case FRAME:
		if (!tag->end)
			raw(t, tag, kind);
		break;
	case GONE:
		drop_drawing(t, tag);
		break;
	case GONE_TAG:
		break;
	case TEMPLATE:
		template(t, tag);
		break;
	case NESTED:
	case TABLE:
		if (tag->end)
			close_counted(t, tag, kind);
		else
			open_counted(t, tag, kind);
		break;
	}
}

static bool starts_here(const struct tamer *t, struct str what)
{
	return str_starts(str_slice(t->in, t->at, t->in.len), what);
}

/* At "<!": comments, CDATA, doctype.  All go. */
static void skip_declaration(struct tamer *t)
{
	struct str stop = STR(">");
	if (starts_here(t, STR("<!-->")) || starts_here(t, STR("<!--->"))) {
		t->at += 4;
	} else if (starts_here(t, STR("<!--"))) {
		stop = STR("-->");
		t->at += 4;
	}
	struct str rest = str_slice(t->in, t->at, t->in.len);
	ptrdiff_t end = str_find(rest, stop);
	t->at = end < 0 ? t->in.len : t->at + (size_t)end + stop.len;
}

/* At "<". */
static void markup(struct tamer *t)
{
	char next = t->at + 1 < t->in.len ? t->in.ptr[t->at + 1] : '\0';
	char after = t->at + 2 < t->in.len ? t->in.ptr[t->at + 2] : '\0';
	if (next == '!' || next == '?' || (next == '/' && !is_letter(after) && after)) {
		skip_declaration(t);
		return;
	}
	struct tag tag = {.end = next == '/'};
	if (!is_letter(tag.end ? after : next)) {
		buffer_str(t->out, STR("&lt;"));
		t->at++;
		return;
	}
	t->at += tag.end ? 2 : 1;
	if (read_tag(t, &tag))
		element(t, &tag);
}

void tame_html(struct str html, struct buffer *out)
{
	struct tamer t = {.in = html, .out = out};
	buffer_reserve(out, html.len);
	while (!at_end(&t) && !out->failed) {
		const char *less = memchr(html.ptr + t.at, '<', html.len - t.at);
		size_t end = less ? (size_t)(less - html.ptr) : html.len;
		write_text(out, str_slice(html, t.at, end));
		t.at = end;
		if (less)
			markup(&t);
	}
}
