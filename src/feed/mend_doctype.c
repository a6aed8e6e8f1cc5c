#include "feed/mend_private.h"
#include "feed/reference.h"

#include <string.h>

static bool at_end(const struct mend *m)
{
	return m->at >= m->text.len;
}

/* A value between quotes; moves behind it.  False: it has no end. */
static bool literal(struct mend *m, struct str *value)
{
	char quote = m->text.ptr[m->at++];
	struct str rest = str_slice(m->text, m->at, m->text.len);
	const char *end = memchr(rest.ptr, quote, rest.len);
	if (!end)
		return false;
	*value = str_slice(rest, 0, (size_t)(end - rest.ptr));
	m->at += value->len + 1;
	return true;
}

/* Appends an entity's text with the references it holds resolved; false: it is too long. */
static bool add_value(struct mend *m, struct str value)
{
	size_t start = m->values.len;
	while (value.len > 0 && m->values.len - start <= MEND_ENTITY_BYTES) {
		size_t n = reference_length(value), name = m->entity_count;
		struct str reference = str_slice(value, 0, n);
		if (value.ptr[0] != '&' || n == 0) {
			buffer_byte(&m->values, value.ptr[0]);
			value = str_slice(value, 1, value.len);
			continue;
		}
		for (size_t i = 0; i < m->entity_count; i++) {
			if (str_equal(m->entities[i].name, str_slice(reference, 1, n - 1)))
				name = i;
		}
		if (name < m->entity_count) {
			const struct mend_entity *e = &m->entities[name];
			size_t len = e->end - e->start;
			if (!buffer_reserve(&m->values, len))
				return false;
			buffer_add(&m->values, m->values.data + e->start, len);
		} else if (!reference_decode(reference, &m->budget, &m->values)) {
			buffer_str(&m->values, reference);
		}
		value = str_slice(value, n, value.len);
	}
	return value.len == 0 && m->values.len - start <= MEND_ENTITY_BYTES && !m->values.failed;
}

/* "<!ENTITY name "value">"; m->at is behind the word. */
static void entity(struct mend *m)
{
	mend_skip_space(m);
	bool parameter = !at_end(m) && m->text.ptr[m->at] == '%';
	m->at += parameter;
	mend_skip_space(m);
	struct str name = mend_take_name(m), value;
	mend_skip_space(m);
	if (at_end(m) || (m->text.ptr[m->at] != '"' && m->text.ptr[m->at] != '\'')) {
		if (!parameter && name.len > 0)
			mend_tell(m, "entities from outside, which are not read");
		return;
	}
	if (!literal(m, &value) || parameter || name.len == 0)
		return;
	if (m->entity_count == MEND_ENTITIES_MAX) {
		mend_tell(m, "too many entities");
		return;
	}
	size_t start = m->values.len;
	if (!add_value(m, value)) {
		m->values.len = start;
		mend_tell(m, "entities that would grow without end");
	}
	m->entities[m->entity_count++] = (struct mend_entity){name, start, m->values.len};
}

void mend_doctype(struct mend *m)
{
	bool inside = false;
	m->at += 2;
	while (!at_end(m)) {
		char c = m->text.ptr[m->at];
		struct str rest = str_slice(m->text, m->at, m->text.len), value;
		if (str_starts(rest, STR("<!--"))) {
			if (!mend_skip_past(m, STR("-->")))
				return;
		} else if (str_starts(rest, STR("<!ENTITY"))) {
			m->at += 8;
			entity(m);
		} else if ((c == '"' || c == '\'') && memchr(rest.ptr + 1, c, rest.len - 1)) {
			(void)literal(m, &value);
		} else if (c == '>' && !inside) {
			m->at++;
			return;
		} else {
			/* A document that starts amid an unfinished subset is no subset. */
			bool element = c == '<' && rest.len > 1 && mend_is_name_start(rest.ptr[1]);
			if (element)
				return;
			inside = c == '[' || (inside && c != ']');
			m->at++;
		}
	}
}
