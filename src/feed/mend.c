#include "feed/mend.h"

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
	{"webMaster", 9}, {"copyright", 9}, {"docs", 4}, {"enclosure", 9}};
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

/* ---- open elements ---- */

static void write_end(struct mend *m)
{
	struct str name = m->open[--m->depth];
	buffer_str(m->out, STR("</"));
	mend_add_name(m->out, name);
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

/* ---- start tags ---- */

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
		(void)mend_attributes(m, &empty);
		m->out->len = kept;
		m->too_deep += !empty;
		mend_tell(m, "elements nested too deep");
		return;
	}
	close_before(m, name);
	size_t start = m->out->len;
	bool empty;
	buffer_byte(m->out, '<');
	mend_add_name(m->out, name);
	if (!mend_attributes(m, &empty)) {
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
		mend_add_cdata(m, str_slice(m->text, start, end));
}

static void comment(struct mend *m)
{
	if (mend_skip_past(m, STR("-->")))
		return;
	mend_tell(m, "a comment without end");
	m->at += 4;
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

/*
 * The root of a feed that stands behind junk: "<rss", "<rdf:RDF"; words that other documents
 * use, too, must have a version or a namespace: "<feed xmlns=".
 */
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
		struct str local = local_name(name);
		bool word = str_equal_nocase(local, STR("feed")) ||
			    str_equal_nocase(local, STR("channel"));
		bool told =
			str_find(after, STR("version")) >= 0 || str_find(after, STR("xmlns")) >= 0;
		if (is_root(name) && (told || !word)) {
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
		clean &= mend_is_space(rest.ptr[0]) || rest.ptr[0] == '<';
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
	struct mend m = {.text = text,
		.warn = warn,
		.user = user,
		.out = out,
		.budget = REFERENCE_BUDGET,
		.root_at = out->len};
	if (!to_root(&m)) {
		buffer_free(&m.values);
		return;
	}
	while (m.at < text.len && !out->failed) {
		const char *next = memchr(text.ptr + m.at, '<', text.len - m.at);
		size_t end = next ? (size_t)(next - text.ptr) : text.len;
		if (m.depth > 0 && !m.root_ended)
			mend_add_text(&m, str_slice(text, m.at, end));
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
