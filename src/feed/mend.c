#include "feed/mend.h"

#include "base/utf8.h"
#include "feed/mend_private.h"
#include "feed/reference.h"

#include <string.h>

/*
 * Elements that hold plain text in feeds and no element: when one of `starters` comes before
 * its end tag, that tag was forgotten.
 */
static const struct str leaves[] = {{"title", 5}, {"link", 4}, {"guid", 4}, {"pubDate", 7},
	{"lastBuildDate", 13}, {"language", 8}, {"ttl", 3}, {"comments", 8}, {"generator", 9},
	{"category", 8}, {"updated", 7}, {"published", 9}, {"id", 2}, {"dc:date", 7},
	{"dc:creator", 10}, {"dc:title", 8}, {"dc:subject", 10}, {"managingEditor", 14},
	{"webMaster", 9}, {"copyright", 9}, {"docs", 4}};
static const struct str starters[] = {{"title", 5}, {"link", 4}, {"guid", 4}, {"pubDate", 7},
	{"description", 11}, {"item", 4}, {"entry", 5}, {"channel", 7}, {"category", 8},
	{"enclosure", 9}, {"comments", 8}, {"content:encoded", 15}, {"dc:date", 7},
	{"dc:creator", 10}, {"updated", 7}, {"published", 9}, {"id", 2}, {"summary", 7},
	{"content", 7}, {"author", 6}, {"lastBuildDate", 13}, {"language", 8}, {"ttl", 3},
	{"generator", 9}, {"image", 5}};
/* HTML elements without content, whose end tag nobody writes. */
static const struct str voids[] = {{"br", 2}, {"hr", 2}, {"img", 3}, {"input", 5}, {"meta", 4},
	{"wbr", 3}, {"area", 4}, {"col", 3}, {"param", 5}, {"embed", 5}, {"base", 4}};

static bool in_list(struct str name, const struct str *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (str_equal_nocase(name, list[i]))
			return true;
	}
	return false;
}

#define IN_LIST(name, list) in_list(name, list, sizeof list / sizeof *list)

void mend_tell(struct mend *m, const char *what)
{
	m->warn(m->user, what);
}

static struct str rest_of(const struct mend *m)
{
	return str_slice(m->text, m->at, m->text.len);
}

/* ---- characters ---- */

static void add_escaped(struct buffer *out, char c)
{
	static const char *const names[] = {['<'] = "&lt;", ['>'] = "&gt;", ['&'] = "&amp;",
		['"'] = "&quot;"};
	const char *name = (unsigned char)c < sizeof names / sizeof *names ? names[(int)c] : NULL;
	if (name)
		buffer_str(out, str_of(name));
	else
		buffer_byte(out, c);
}

static void add_text_escaped(struct mend *m, struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		add_escaped(m->out, s.ptr[i]);
}

/*
 * Writes the character at s that is not plain text: controls, C1, noncharacters.  Returns its
 * bytes.
 */
static size_t add_odd(struct mend *m, struct str s)
{
	uint32_t cp;
	size_t n = utf8_decode(s.ptr, s.len, &cp);
	if (cp >= 0x80 && cp < 0xA0) {
		buffer_utf8(m->out, reference_of_c1(cp));
		mend_tell(m, "control characters that windows-1252 has others for");
	} else if (cp < 0x20 || cp == 0x7F || cp == 0xFFFE || cp == 0xFFFF) {
		mend_tell(m, "characters that XML does not allow");
	} else {
		buffer_add(m->out, s.ptr, n);
	}
	return n;
}

static bool is_odd(unsigned char c, unsigned char next)
{
	return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F || (c == 0xC2 && next < 0xA0) ||
		(c == 0xEF && next == 0xBF);
}

/* Bytes at the start of s that can be copied as they are, in text, CDATA or a value. */
static size_t plain_run(struct str s, const char *special)
{
	size_t i = 0;
	for (; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c >= 0x20 && c < 0x7F) {
			if (c <= '>' && strchr(special, c))
				break;
			continue;
		}
		if (is_odd(c, i + 1 < s.len ? (unsigned char)s.ptr[i + 1] : 0))
			break;
	}
	return i;
}

static const struct mend_entity *find_entity(const struct mend *m, struct str name)
{
	for (size_t i = 0; i < m->entity_count; i++) {
		if (str_equal(m->entities[i].name, name))
			return &m->entities[i];
	}
	return NULL;
}

static struct str entity_value(const struct mend *m, const struct mend_entity *entity)
{
	return str_slice(buffer_view(&m->values), entity->start, entity->end);
}

/* Appends what a reference stands for.  False: it is none that is known. */
static bool resolve(struct mend *m, struct str reference, struct buffer *out)
{
	const struct mend_entity *entity = m->entity_count == 0 ? NULL
		: find_entity(m, str_slice(reference, 1, reference.len - 1));
	if (!entity)
		return reference_decode(reference, &m->budget, out);
	struct str value = entity_value(m, entity);
	if (m->expanded + value.len > MEND_EXPANSION_MAX) {
		mend_tell(m, "entities that would grow without end");
		return true;
	}
	m->expanded += value.len;
	buffer_str(out, value);
	return true;
}

static bool is_predefined(struct str reference)
{
	static const struct str names[] = {{"&amp;", 5}, {"&lt;", 4}, {"&gt;", 4}, {"&quot;", 6},
		{"&apos;", 6}};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (str_equal(reference, names[i]))
			return true;
	}
	return false;
}

/* Writes what starts at the '&' of s.  Returns the bytes that were taken. */
static size_t add_reference(struct mend *m, struct str s)
{
	size_t n = reference_length(s);
	struct str reference = str_slice(s, 0, n);
	if (n > 0 && is_predefined(reference)) {
		buffer_str(m->out, reference);
		return n;
	}
	buffer_clear(&m->scratch);
	if (n == 0 || !resolve(m, reference, &m->scratch)) {
		buffer_str(m->out, STR("&amp;"));
		mend_tell(m, n == 0 ? "a bare \"&\"" : "an entity that nothing defines");
		return 1;
	}
	if (reference.ptr[1] != '#' && !find_entity(m, str_slice(reference, 1, n - 1)))
		mend_tell(m, "entities of HTML that are not defined");
	add_text_escaped(m, buffer_view(&m->scratch));
	return n;
}

static void add_text(struct mend *m, struct str s)
{
	while (s.len > 0) {
		size_t n = plain_run(s, "&>");
		buffer_add(m->out, s.ptr, n);
		s = str_slice(s, n, s.len);
		if (s.len == 0)
			return;
		n = 1;
		if (s.ptr[0] == '&')
			n = add_reference(m, s);
		else if (s.ptr[0] == '>')
			buffer_str(m->out, STR("&gt;"));
		else
			n = add_odd(m, s);
		s = str_slice(s, n, s.len);
	}
}

/* The value of an attribute, to stand between double quotes. */
static void add_value(struct mend *m, struct str s)
{
	while (s.len > 0) {
		size_t n = plain_run(s, "&<\"");
		buffer_add(m->out, s.ptr, n);
		s = str_slice(s, n, s.len);
		if (s.len == 0)
			return;
		n = 1;
		if (s.ptr[0] == '&')
			n = add_reference(m, s);
		else if (s.ptr[0] == '<' || s.ptr[0] == '"')
			add_escaped(m->out, s.ptr[0]);
		else
			n = add_odd(m, s);
		s = str_slice(s, n, s.len);
	}
}

static void add_cdata(struct mend *m, struct str s)
{
	buffer_str(m->out, STR("<![CDATA["));
	while (s.len > 0) {
		size_t n = plain_run(s, "");
		buffer_add(m->out, s.ptr, n);
		s = str_slice(s, n, s.len);
		if (s.len > 0)
			s = str_slice(s, add_odd(m, s), s.len);
	}
	buffer_str(m->out, STR("]]>"));
}

/* ---- open elements ---- */

static void add_name(struct buffer *out, struct str name)
{
	bool colon = false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		bool first_colon = c == ':' && !colon && i > 0 && i + 1 < name.len &&
			name.ptr[i + 1] != '-' && name.ptr[i + 1] != '.' &&
			!(name.ptr[i + 1] >= '0' && name.ptr[i + 1] <= '9');
		bool bad = (unsigned char)c >= 0x80 || (c == ':' && !first_colon);
		buffer_byte(out, bad ? '_' : c);
		colon |= c == ':';
	}
}

static void write_end(struct mend *m)
{
	struct str name = m->open[--m->depth];
	buffer_str(m->out, STR("</"));
	add_name(m->out, name);
	buffer_byte(m->out, '>');
}

/* Closes elements down to `depth`, which were left open. */
static void close_to(struct mend *m, size_t depth)
{
	if (m->depth > depth)
		mend_tell(m, "elements that are not closed");
	while (m->depth > depth)
		write_end(m);
}

static struct str local_name(struct str name)
{
	for (size_t i = name.len; i > 0; i--) {
		if (name.ptr[i - 1] == ':')
			return str_slice(name, i, name.len);
	}
	return name;
}

static bool is_item(struct str name)
{
	return str_equal_nocase(name, STR("item")) || str_equal_nocase(name, STR("entry"));
}

/* What the start tag of `name` closes first. */
static void close_before(struct mend *m, struct str name)
{
	while (m->depth > 1 && IN_LIST(m->open[m->depth - 1], leaves) && IN_LIST(name, starters))
		close_to(m, m->depth - 1);
	if (!is_item(name))
		return;
	for (size_t i = m->depth; i > 1; i--) {
		if (str_equal_nocase(m->open[i - 1], name)) {
			close_to(m, i - 1);
			return;
		}
	}
}

static void end_tag(struct mend *m, struct str name)
{
	if (m->too_deep > 0) {
		m->too_deep--;
		return;
	}
	for (size_t i = m->depth; i > 0; i--) {
		bool same = str_equal(m->open[i - 1], name);
		if (!same && !str_equal_nocase(m->open[i - 1], name))
			continue;
		if (!same)
			mend_tell(m, "end tags in another case than their start");
		if (i == 1) { /* the root's: it stays open, for what may follow */
			close_to(m, 1);
			m->root_ended = true;
			return;
		}
		close_to(m, i);
		write_end(m);
		return;
	}
	if (!IN_LIST(name, voids))
		mend_tell(m, "end tags that nothing opened");
}

/* ---- tags ---- */

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool mend_is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
		(unsigned char)c >= 0x80;
}

static bool is_name_char(char c)
{
	return mend_is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
}

struct str mend_take_name(struct mend *m)
{
	size_t start = m->at;
	while (m->at < m->text.len && is_name_char(m->text.ptr[m->at]))
		m->at++;
	return str_slice(m->text, start, m->at);
}

void mend_skip_space(struct mend *m)
{
	while (m->at < m->text.len && is_space(m->text.ptr[m->at]))
		m->at++;
}

/* Bytes to look for the closing quote behind a "<" in a value. */
enum { QUOTE_WITHIN = 1024 };

/* Whether the value whose next byte is the "<" at `at` goes on to a closing quote nearby. */
static bool quote_follows(const struct mend *m, size_t at, char quote)
{
	struct str near = str_slice(m->text, at, at + QUOTE_WITHIN);
	const char *end = memchr(near.ptr, quote, near.len);
	size_t behind = end ? (size_t)(end - near.ptr) + 1 : near.len;
	if (behind >= near.len)
		return false;
	char c = near.ptr[behind];
	return is_space(c) || c == '/' || c == '>';
}

static struct str quoted_value(struct mend *m, char quote)
{
	size_t start = ++m->at, trusted = start;
	for (; m->at < m->text.len && m->text.ptr[m->at] != quote; m->at++) {
		if (m->text.ptr[m->at] != '<' || m->at < trusted)
			continue;
		if (!quote_follows(m, m->at, quote)) {
			mend_tell(m, "an attribute without its closing quote");
			return str_slice(m->text, start, m->at);
		}
		trusted = m->at + QUOTE_WITHIN;
		mend_tell(m, "a \"<\" in an attribute");
	}
	struct str value = str_slice(m->text, start, m->at);
	m->at += m->at < m->text.len;
	return value;
}

static struct str take_value(struct mend *m)
{
	char c = m->at < m->text.len ? m->text.ptr[m->at] : 0;
	if (c == '"' || c == '\'')
		return quoted_value(m, c);
	size_t start = m->at;
	while (m->at < m->text.len && !is_space(m->text.ptr[m->at]) &&
			m->text.ptr[m->at] != '>' && m->text.ptr[m->at] != '<') {
		bool end = m->text.ptr[m->at] == '/' && m->at + 1 < m->text.len &&
			m->text.ptr[m->at + 1] == '>';
		if (end)
			break;
		m->at++;
	}
	mend_tell(m, "attributes without quotes");
	return str_slice(m->text, start, m->at);
}

struct attributes {
	struct str names[MEND_ATTRIBUTES_MAX];
	size_t count;
};

static bool is_new(const struct attributes *seen, struct str name)
{
	for (size_t i = 0; i < seen->count; i++) {
		if (str_equal_nocase(seen->names[i], name))
			return false;
	}
	return true;
}

static void attribute(struct mend *m, struct attributes *seen)
{
	struct str name = mend_take_name(m);
	mend_skip_space(m);
	struct str value = name;
	if (m->at < m->text.len && m->text.ptr[m->at] == '=') {
		m->at++;
		mend_skip_space(m);
		value = take_value(m);
	} else {
		mend_tell(m, "attributes without a value");
	}
	if (!is_new(seen, name)) {
		mend_tell(m, "an attribute given twice");
		return;
	}
	if (seen->count == MEND_ATTRIBUTES_MAX) {
		mend_tell(m, "too many attributes");
		return;
	}
	seen->names[seen->count++] = name;
	if (str_starts(name, STR("xmlns:")) && value.len == 0)
		return;
	buffer_byte(m->out, ' ');
	add_name(m->out, name);
	buffer_str(m->out, STR("=\""));
	add_value(m, value);
	buffer_byte(m->out, '"');
}

/*
 * The rest of a start tag behind its name, written to *m->out.  False when the text ends in
 * it; *empty: it was closed by "/>".
 */
static bool attributes(struct mend *m, bool *empty)
{
	struct attributes seen = {.count = 0};
	*empty = false;
	for (;;) {
		mend_skip_space(m);
		if (m->at == m->text.len)
			return false;
		char c = m->text.ptr[m->at];
		if (c == '>') {
			m->at++;
			return true;
		}
		if (c == '<') {
			mend_tell(m, "a tag without its \">\"");
			return true;
		}
		*empty = c == '/' && m->at + 1 < m->text.len && m->text.ptr[m->at + 1] == '>';
		if (mend_is_name_start(c)) {
			attribute(m, &seen);
			continue;
		}
		if (c != '/')
			mend_tell(m, "signs in a tag that do not belong there");
		m->at++;
	}
}

static bool end_follows(const struct mend *m, struct str name)
{
	struct str rest = rest_of(m);
	return str_starts(rest, STR("</")) &&
		str_equal_nocase(str_slice(rest, 2, 2 + name.len), name);
}

/* m->at is behind "<". */
static void start_tag(struct mend *m)
{
	struct str name = mend_take_name(m);
	if (m->depth == MEND_DEPTH_MAX) {
		size_t kept = m->out->len;
		bool empty;
		(void)attributes(m, &empty);
		m->out->len = kept;
		m->too_deep += !empty;
		mend_tell(m, "elements nested too deep");
		return;
	}
	close_before(m, name);
	size_t start = m->out->len;
	bool empty;
	buffer_byte(m->out, '<');
	add_name(m->out, name);
	if (!attributes(m, &empty)) {
		m->out->len = start; /* half a tag at the end */
		return;
	}
	if (m->root_ended)
		mend_tell(m, "elements behind the end of the feed");
	if (!empty && IN_LIST(name, voids)) {
		if (!end_follows(m, name))
			mend_tell(m, "elements that are not closed");
		empty = true;
	}
	buffer_str(m->out, empty && m->depth > 0 ? STR("/>") : STR(">"));
	if (!empty || m->depth == 0)
		m->open[m->depth++] = name;
	m->root_ended |= empty && m->depth == 1 && m->out->len > start && start == m->root_at;
}

/* ---- what starts with "<" ---- */

/* Moves behind `end`; false (nothing moved) when it does not come. */
bool mend_skip_past(struct mend *m, struct str end)
{
	bool comment = end.ptr[0] == '-';
	if (comment && m->comments_end)
		return false;
	ptrdiff_t found = str_find(rest_of(m), end);
	if (found < 0) {
		m->comments_end = comment;
		return false;
	}
	m->at += (size_t)found + end.len;
	return true;
}

static void cdata(struct mend *m)
{
	m->at += 9;
	size_t start = m->at, end;
	if (mend_skip_past(m, STR("]]>"))) {
		end = m->at - 3;
	} else {
		end = m->at = m->text.len;
		mend_tell(m, "a CDATA section without end");
	}
	if (m->depth > 0)
		add_cdata(m, str_slice(m->text, start, end));
}

static void comment(struct mend *m)
{
	if (mend_skip_past(m, STR("-->")))
		return;
	mend_tell(m, "a comment without end");
	if (!mend_skip_past(m, STR(">")))
		m->at = m->text.len;
}

static void to_tag_end(struct mend *m)
{
	if (!mend_skip_past(m, STR(">")))
		m->at = m->text.len;
}

static void markup(struct mend *m)
{
	struct str rest = rest_of(m);
	char next = rest.len > 1 ? rest.ptr[1] : 0;
	char third = rest.len > 2 ? rest.ptr[2] : 0;
	if (str_starts(rest, STR("<![CDATA["))) {
		cdata(m);
	} else if (str_starts(rest, STR("<!--"))) {
		comment(m);
	} else if (next == '!' && mend_is_name_start(third)) {
		mend_doctype(m);
	} else if (next == '!' || next == '?') {
		to_tag_end(m);
	} else if (next == '/' && mend_is_name_start(third)) {
		m->at += 2;
		struct str name = mend_take_name(m);
		bool cut = !memchr(m->text.ptr + m->at, '>', m->text.len - m->at);
		to_tag_end(m);
		if (!cut)
			end_tag(m, name);
	} else if (mend_is_name_start(next)) {
		m->at++;
		start_tag(m);
	} else if (rest.len == 1 || (next == '/' && rest.len == 2)) {
		m->at = m->text.len;
	} else {
		m->at++;
		if (m->depth > 0)
			buffer_str(m->out, STR("&lt;"));
		mend_tell(m, "a bare \"<\"");
	}
}

/* ---- the root ---- */

static bool is_root(struct str name)
{
	static const struct str names[] = {{"rss", 3}, {"RDF", 3}, {"feed", 4}, {"opml", 4},
		{"channel", 7}, {"rss2", 4}, {"rdf", 3}};
	return IN_LIST(local_name(name), names);
}

/* The root of a feed that stands behind junk: "<rss version=", "<feed xmlns=" ... */
static bool find_root(struct mend *m)
{
	struct mend look = *m;
	size_t within = m->at + MEND_ROOT_WITHIN;
	while (look.at < m->text.len && look.at < within) {
		const char *found = memchr(m->text.ptr + look.at, '<', m->text.len - look.at);
		if (!found)
			return false;
		size_t start = (size_t)(found - m->text.ptr);
		look.at = start + 1;
		if (look.at == m->text.len || !mend_is_name_start(found[1]))
			continue;
		struct str name = mend_take_name(&look);
		struct str after = str_slice(m->text, look.at, look.at + 512);
		bool told = str_find(after, STR("version")) >= 0 || str_find(after, STR("xmlns")) >= 0;
		if (is_root(name) && (told || str_equal_nocase(name, STR("channel")))) {
			m->at = start;
			return true;
		}
	}
	return false;
}

/* Moves to the "<" of the root.  False: there is no element. */
static bool to_root(struct mend *m)
{
	bool clean = true;
	while (m->at < m->text.len) {
		struct str rest = rest_of(m);
		char next = rest.len > 1 ? rest.ptr[1] : 0;
		if (rest.ptr[0] == '<' && mend_is_name_start(next))
			break;
		clean &= is_space(rest.ptr[0]) || rest.ptr[0] == '<';
		if (rest.ptr[0] == '<' && (next == '!' || next == '?'))
			markup(m);
		else
			m->at++;
	}
	if (m->at == m->text.len)
		return false;
	size_t first = m->at++;
	struct str name = mend_take_name(m);
	m->at = first;
	if (!is_root(name) && find_root(m))
		clean = false;
	if (!clean)
		mend_tell(m, "junk before the feed");
	return true;
}

void mend_xml(struct str text, mend_warn *warn, void *user, struct buffer *out)
{
	struct mend m = {.text = text, .warn = warn, .user = user, .out = out,
		.budget = REFERENCE_BUDGET, .root_at = out->len};
	if (!to_root(&m)) {
		buffer_free(&m.values);
		return;
	}
	while (m.at < text.len && !out->failed) {
		const char *next = memchr(text.ptr + m.at, '<', text.len - m.at);
		size_t end = next ? (size_t)(next - text.ptr) : text.len;
		if (m.depth > 0 && !m.root_ended)
			add_text(&m, str_slice(text, m.at, end));
		m.at = end;
		if (next)
			markup(&m);
	}
	if (m.depth > 0 && !m.root_ended) {
		mend_tell(&m, "the document is cut off");
		buffer_str(out, STR("<?" MEND_CUT "?>"));
	}
	while (m.depth > 0)
		write_end(&m);
	buffer_free(&m.values);
	buffer_free(&m.scratch);
}
