#include "article/title.h"

#include "base/utf8.h"
#include "text/fold.h"

/* What parts a headline from what follows; blanks around them, but for the full-width bar. */
static const struct str bars[] = {{" | ", 3}, {"｜", 3}, {" ¦ ", 4}, {" || ", 4}};
static const struct str dashes[] = {{" - ", 3}, {" – ", 5}, {" — ", 5}, {" » ", 4}, {" « ", 4},
	{" :: ", 4}, {" • ", 5}, {" › ", 5}, {" · ", 4}};

bool title_same(struct str a, struct str b)
{
	struct buffer fa = {0}, fb = {0};
	fold_words(a, &fa);
	fold_words(b, &fb);
	bool same = fa.len > 0 && !fa.failed && !fb.failed &&
		str_equal(buffer_view(&fa), buffer_view(&fb));
	buffer_free(&fa);
	buffer_free(&fb);
	return same;
}

bool title_within(struct str part, struct str whole)
{
	struct buffer fp = {0}, fw = {0};
	fold_words(part, &fp);
	fold_words(whole, &fw);
	bool within = fp.len > 3 && !fp.failed && !fw.failed &&
		str_find(buffer_view(&fw), buffer_view(&fp)) >= 0;
	buffer_free(&fp);
	buffer_free(&fw);
	return within;
}

/* Finds the first or last separator of a table; false when there is none. */
static bool find_separator(struct str s, const struct str *table, size_t count, bool last,
		size_t *at, size_t *len)
{
	bool found = false;
	for (size_t i = 0; i < s.len; i++) {
		for (size_t k = 0; k < count; k++) {
			if (!str_starts(str_slice(s, i, s.len), table[k]))
				continue;
			*at = i;
			*len = table[k].len;
			if (!last)
				return true;
			found = true;
		}
	}
	return found;
}

size_t title_words(struct str s)
{
	size_t words = 0;
	struct str piece;
	while (str_split(&s, ' ', &piece))
		words += str_trim(piece).len > 0;
	return words;
}

/* "headline - site": cuts the last part off, where it is the site or short. */
static void cut_site(struct title_parts *parts, struct str site, bool loose)
{
	size_t at, len;
	if (!find_separator(parts->headline, dashes, sizeof dashes / sizeof *dashes, true, &at, &len))
		return;
	struct str head = str_trim(str_slice(parts->headline, 0, at));
	struct str tail = str_trim(str_slice(parts->headline, at + len, parts->headline.len));
	bool is_site = title_same(tail, site);
	bool is_short = loose && title_words(tail) <= 4 && title_words(head) >= 4;
	if (head.len == 0 || (!is_site && !is_short))
		return;
	parts->headline = head;
	parts->site = tail;
}

struct title_parts title_split(struct str raw, struct str site, bool loose)
{
	struct title_parts parts = {str_trim(raw), {"", 0}, {"", 0}};
	size_t at, len;
	struct str rest = parts.headline;
	while (find_separator(rest, bars, sizeof bars / sizeof *bars, false, &at, &len)) {
		struct str head = str_trim(str_slice(rest, 0, at));
		rest = str_trim(str_slice(rest, at + len, rest.len));
		bool first = head.ptr == parts.headline.ptr;
		if (first && title_same(head, site)) { /* "site | headline" */
			parts.site = head;
			parts.headline = rest;
			continue;
		}
		if (first)
			parts.headline = head;
		else if (parts.section.len == 0)
			parts.section = head;
	}
	if (rest.ptr != parts.headline.ptr) { /* the last part */
		if (title_same(rest, site) || parts.section.len > 0)
			parts.site = rest;
		else
			parts.section = rest;
	}
	cut_site(&parts, site, loose);
	return parts;
}
