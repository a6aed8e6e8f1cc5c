/* The characters of a document: references, what XML forbids, CDATA. */
#include "base/utf8.h"
#include "feed/mend_private.h"
#include "feed/reference.h"

#include <string.h>

static void add_escaped(struct buffer *out, char c)
{
	static const char *const names[] = {
		['<'] = "&lt;", ['>'] = "&gt;", ['&'] = "&amp;", ['"'] = "&quot;"};
	const char *name = (unsigned char)c < sizeof names / sizeof *names ? names[(int)c] : NULL;
	if (name)
		buffer_str(out, str_of(name));
	else
		buffer_byte(out, c);
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
		if (m->out->len > 0 && m->out->data[m->out->len - 1] == ']')
			buffer_utf8(m->out, UTF8_REPLACEMENT); /* or "]" and "]>" would meet */
	} else {
		buffer_add(m->out, s.ptr, n);
	}
	return n;
}

/* Bytes that may not be copied as they are: in any text, or where their kind is asked for. */
enum {
	ODD = 1, /* may start what XML forbids, or a C1 */
	AMP = 2,
	LESS = 4,
	MORE = 8,
	QUOTE = 16,
};

static unsigned kind_of(unsigned char c)
{
	static const unsigned char kinds[256] = {[0 ... 8] = ODD,
		[11 ... 31] = ODD,
		[0x7F] = ODD,
		[0xC2] = ODD,
		[0xEF] = ODD,
		['&'] = AMP,
		['<'] = LESS,
		['>'] = MORE,
		['"'] = QUOTE};
	return kinds[c];
}

static bool is_odd(struct str s, size_t i)
{
	unsigned char c = (unsigned char)s.ptr[i];
	unsigned char next = i + 1 < s.len ? (unsigned char)s.ptr[i + 1] : 0;
	if (c == 0xC2)
		return next < 0xA0;
	return c != 0xEF || next == 0xBF;
}

/* Bytes at the start of s before one of these kinds, or an odd character. */
static size_t plain_run(struct str s, unsigned kinds)
{
	size_t i = 0;
	for (; i < s.len; i++) {
		unsigned kind = kind_of((unsigned char)s.ptr[i]);
		if ((kind & kinds) || (kind == ODD && is_odd(s, i)))
			break;
	}
	return i;
}

static void add_text_escaped(struct mend *m, struct str s)
{
	while (s.len > 0) {
		size_t n = plain_run(s, AMP | LESS | MORE | QUOTE);
		buffer_add(m->out, s.ptr, n);
		s = str_slice(s, n, s.len);
		if (s.len == 0)
			return;
		n = 1;
		if (kind_of((unsigned char)s.ptr[0]) == ODD)
			n = add_odd(m, s);
		else
			add_escaped(m->out, s.ptr[0]);
		s = str_slice(s, n, s.len);
	}
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
	const struct mend_entity *entity =
		m->entity_count == 0 ? NULL
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
	static const struct str names[] = {
		{"&amp;", 5}, {"&lt;", 4}, {"&gt;", 4}, {"&quot;", 6}, {"&apos;", 6}};
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

void mend_add_text(struct mend *m, struct str s)
{
	while (s.len > 0) {
		size_t n = plain_run(s, AMP | MORE);
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

void mend_add_value(struct mend *m, struct str s)
{
	while (s.len > 0) {
		size_t n = plain_run(s, AMP | LESS | QUOTE);
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

void mend_add_cdata(struct mend *m, struct str s)
{
	buffer_str(m->out, STR("<![CDATA["));
	while (s.len > 0) {
		size_t n = plain_run(s, 0);
		buffer_add(m->out, s.ptr, n);
		s = str_slice(s, n, s.len);
		if (s.len > 0)
			s = str_slice(s, add_odd(m, s), s.len);
	}
	buffer_str(m->out, STR("]]>"));
}
