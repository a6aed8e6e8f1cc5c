#include "article/sanitize_walk.h"

#include "article/sanitize_media.h"
#include "article/url.h"
#include "base/array.h"

#include <string.h>

#define CELL_TEXT_MAX 400 /* code points; a cell with more is layout, not data */
#define SPAN_MAX 1000     /* columns or rows of one cell */

/* ---- attributes ---- */

static const char *direction_value(const struct html_node *node)
{
	struct str dir = str_trim(html_attribute(node, "dir"));
	static const char *const values[] = {"rtl", "ltr", "auto"};
	for (size_t i = 0; i < 3; i++) {
		if (str_equal_nocase(dir, str_of(values[i])))
			return values[i];
	}
	return NULL;
}

/* An integer of at most nine digits at the start of a value; false: there is none. */
static bool number_value(const struct html_node *node, const char *name, long *number)
{
	struct str value = str_trim(html_attribute(node, name));
	bool minus = str_starts(value, STR("-"));
	size_t first = minus || str_starts(value, STR("+")), i = first;
	long sum = 0;
	for (; i < value.len && i < first + 9 && value.ptr[i] >= '0' && value.ptr[i] <= '9'; i++)
		sum = sum * 10 + (value.ptr[i] - '0');
	*number = minus ? -sum : sum;
	return i > first && (i == value.len || value.ptr[i] < '0' || value.ptr[i] > '9');
}

static void add_number(const struct html_node *node, const char *name, struct buffer *out)
{
	long number;
	if (number_value(node, name, &number))
		buffer_printf(out, " %s=\"%ld\"", name, number);
}

static void add_span(const struct html_node *node, const char *name, struct buffer *out)
{
	long number;
	if (number_value(node, name, &number) && number > 1)
		buffer_printf(out, " %s=\"%ld\"", name, number < SPAN_MAX ? number : SPAN_MAX);
}

void sanitize_add_value(struct buffer *out, const char *name, struct str value)
{
	buffer_printf(out, " %s=\"", name);
	writer_escape_attribute(out, value);
	buffer_byte(out, '"');
}

void sanitize_add_words(const struct html_node *node, const char *name, struct buffer *out)
{
	struct str value = html_attribute(node, name);
	if (writer_has_ink(value))
		sanitize_add_value(out, name, value);
}

static void add_address(const struct walk *w, struct str address, const char *name,
		struct buffer *out)
{
	struct buffer url = {0};
	address = str_trim(address);
	bool web = strcmp(name, "href") != 0;
	if (address.len > 0 && address.ptr[0] != '#' &&
			url_resolve(w->options->base_url, address, &url) &&
			!(web && str_starts(buffer_view(&url), STR("mailto"))))
		sanitize_add_value(out, name, buffer_view(&url));
	out->failed |= url.failed;
	buffer_free(&url);
}

static void wrapper_attributes(const struct walk *w, const struct html_node *node,
		struct buffer *out)
{
	struct str type = html_attribute(node, "type");
	switch (node->tag) {
	case GUMBO_TAG_OL:
		add_number(node, "start", out);
		if (html_attribute(node, "reversed").ptr)
			buffer_str(out, STR(" reversed"));
		if (type.len == 1 && strchr("1aAiI", type.ptr[0]))
			buffer_printf(out, " type=\"%c\"", type.ptr[0]);
		break;
	case GUMBO_TAG_LI:
		add_number(node, "value", out);
		break;
	case GUMBO_TAG_TD:
	case GUMBO_TAG_TH:
		add_span(node, "colspan", out);
		add_span(node, "rowspan", out);
		break;
	case GUMBO_TAG_BLOCKQUOTE:
		add_address(w, html_attribute(node, "cite"), "cite", out);
		break;
	default:
		break;
	}
}

void sanitize_name_next(const struct walk *w, const struct html_node *node)
{
	static const char *const names[] = {"id", "name"};
	for (size_t i = 0; i < (node->tag == GUMBO_TAG_A ? 2 : 1); i++) {
		struct str id = html_attribute(node, names[i]);
		if (link_targets_has(&w->targets, id))
			writer_id(w->writer, id);
	}
}

/* The name of an inline element that a link leads to, be it the older one of <a name>. */
static struct str inline_id(const struct walk *w, const struct html_node *node)
{
	struct str id = html_attribute(node, "id");
	if (!link_targets_has(&w->targets, id))
		id = node->tag == GUMBO_TAG_A ? html_attribute(node, "name") : STR("");
	return link_targets_has(&w->targets, id) ? id : STR("");
}

/* ---- elements ---- */

static void apply_context(const struct walk *w)
{
	const struct level *top = &w->levels[w->count - 1];
	struct str lang = top->lang;
	if (str_equal_nocase(lang, w->options->language))
		lang = STR("");
	writer_context(w->writer, top->unturned ? TEXT_AUTO : top->direction,
			top->automatic && !top->unturned, lang);
	writer_default(w->writer, top->block);
}

/* A table that lays a page out: another table or long text in its cells, or one cell. */
static bool is_layout(const struct walk *w, size_t table)
{
	const struct html_tree *tree = w->tree;
	size_t cells = 0; /* that hold something */
	for (size_t i = table + 1; i < tree->nodes[table].end; i++) {
		const struct html_node *node = &tree->nodes[i];
		if (w->gone[i])
			continue;
		if (node->tag == GUMBO_TAG_TABLE)
			return true;
		if (node->tag != GUMBO_TAG_TD && node->tag != GUMBO_TAG_TH)
			continue;
		uint32_t ink = sanitize_ink(w, i);
		cells += ink > 0;
		if (ink > CELL_TEXT_MAX)
			return true;
	}
	return cells < 2;
}

static bool in_layout_table(const struct walk *w)
{
	for (size_t i = w->count; i > 0; i--) {
		if (w->levels[i - 1].role == WRAPPER && w->levels[i - 1].pushed)
			return false;
		if (w->levels[i - 1].layout)
			return true;
	}
	return true; /* rows of a table that is not in the part we write */
}

static bool is_table_part(GumboTag tag)
{
	return tag == GUMBO_TAG_TR || tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH ||
		tag == GUMBO_TAG_CAPTION;
}

/* Of the same language as what is around it: "ar-SA" in "ar". */
static bool is_near(struct str tag, struct str other)
{
	size_t n = 0, m = 0;
	while (n < tag.len && tag.ptr[n] != '-')
		n++;
	while (m < other.len && other.ptr[m] != '-')
		m++;
	return str_equal_nocase(str_slice(tag, 0, n), str_slice(other, 0, m));
}

/* dir and lang of an inline element.  False: it states neither. */
static bool add_inline_context(const struct walk *w, const struct html_node *node,
		const char *element, struct buffer *out)
{
	const char *dir = direction_value(node);
	struct str lang = html_attribute(node, "lang"), around = w->options->language;
	if (w->count > 0 && w->levels[w->count - 1].lang.len > 0)
		around = w->levels[w->count - 1].lang;
	bool plain = strcmp(element, "span") == 0;
	bool foreign = writer_is_language(lang) && !str_equal_nocase(lang, around) &&
		!(plain && is_near(lang, around));
	if (dir)
		buffer_printf(out, " dir=\"%s\"", dir);
	if (foreign)
		buffer_printf(out, " lang=\"%.*s\"", STR_ARG(lang));
	return dir || foreign;
}

/* An <a>: with an address, or a name, or neither.  An address in the page says no more. */
static const char *open_link(struct walk *w, const struct html_node *node, bool context,
		struct buffer *out)
{
	struct str href = html_attribute(node, "href");
	if (w->links > 0) {
		sanitize_name_next(w, node);
		return NULL;
	}
	struct str target = link_target_of(&w->targets, w->options->base_url, href);
	if (target.len > 0) {
		buffer_printf(out, " href=\"#%.*s\"", STR_ARG(target));
		return "a";
	}
	add_address(w, href, "href", out);
	if (out->len == 0) {
		sanitize_name_next(w, node);
		return NULL;
	}
	struct str type = media_type(html_attribute(node, "type"));
	if (type.len > 0)
		sanitize_add_value(out, "type", type);
	if (context)
		add_inline_context(w, node, "a", out);
	return "a";
}

/* What dir and lang of an inline element say is of the blocks in it, where there are any. */
static bool is_of_blocks(const struct walk *w, size_t at, GumboTag tag)
{
	return w->blocks[at] && tag != GUMBO_TAG_BDO && tag != GUMBO_TAG_BDI;
}

static void open_inline(struct walk *w, size_t at, const struct rule *rule, struct level *level)
{
	const struct html_node *node = &w->tree->nodes[at];
	struct buffer attributes = {0};
	bool own = !is_of_blocks(w, at, node->tag);
	const char *dir = own ? direction_value(node) : NULL, *element = rule->element;
	bool link = node->tag == GUMBO_TAG_A;
	if (rule->role == TRANSPARENT)
		element = "span";
	if (link) {
		element = open_link(w, node, own, &attributes);
	} else {
		if (node->tag != GUMBO_TAG_SUP)
			sanitize_name_next(w, node);
		if (node->tag == GUMBO_TAG_ABBR || node->tag == GUMBO_TAG_ACRONYM)
			sanitize_add_words(node, "title", &attributes);
	}
	if (link && !element)
		element = "span"; /* a direction may be all it says */
	if (!link || strcmp(element, "span") == 0) {
		bool says = own && add_inline_context(w, node, element, &attributes);
		bool plain = strcmp(element, "span") == 0;
		if (plain && dir)
			element = "bdi";
		else if ((plain && !says) || (node->tag == GUMBO_TAG_BDO && !dir))
			element = NULL;
	}
	bool note = node->tag == GUMBO_TAG_RB || node->tag == GUMBO_TAG_RT ||
		node->tag == GUMBO_TAG_RP;
	if (note && w->notes > 0)
		element = NULL;
	level->note = note && element;
	w->notes += level->note;
	level->inlined = element != NULL;
	level->link = link && element && strcmp(element, "a") == 0;
	bool named = level->link || node->tag == GUMBO_TAG_SUP;
	if (element)
		writer_open(w->writer, element, buffer_view(&attributes),
				named ? inline_id(w, node) : STR(""));
	w->links += level->link;
	w->failed |= attributes.failed;
	buffer_free(&attributes);
}

/* The list that an item without one stands in; NULL: it needs none. */
static const char *implied_list(const struct walk *w, GumboTag tag)
{
	const char *holder = w->count > 0 ? w->levels[w->count - 1].holder : NULL;
	if (tag == GUMBO_TAG_LI)
		return holder && (strcmp(holder, "ul") == 0 || strcmp(holder, "ol") == 0) ? NULL : "ul";
	if (tag == GUMBO_TAG_DT || tag == GUMBO_TAG_DD)
		return holder && strcmp(holder, "dl") == 0 ? NULL : "dl";
	return NULL;
}

static void open_wrapper(struct walk *w, size_t at, const struct rule *rule, struct level *level)
{
	const struct html_node *node = &w->tree->nodes[at];
	struct buffer attributes = {0};
	level->layout = node->tag == GUMBO_TAG_TABLE && is_layout(w, at);
	sanitize_name_next(w, node);
	if (level->layout || (is_table_part(node->tag) && in_layout_table(w)))
		return;
	const char *list = implied_list(w, node->tag);
	if (list)
		writer_push(w->writer, list, STR(""), false);
	wrapper_attributes(w, node, &attributes);
	writer_push(w->writer, rule->element, buffer_view(&attributes), rule->role == BARE);
	level->pushed = true;
	level->implied = list != NULL;
	level->holder = rule->element;
	level->block = NULL;
	level->unturned = false;
	w->failed |= attributes.failed;
	buffer_free(&attributes);
}

static struct level inherited_level(const struct walk *w, size_t at, const struct rule *rule)
{
	const struct html_node *node = &w->tree->nodes[at];
	struct level level = {.direction = w->options->stated, .lang = {"", 0}};
	const char *dir = direction_value(node);
	struct str lang = html_attribute(node, "lang");
	bool inlined = (rule->role == INLINE || rule->role == TRANSPARENT ||
			rule->role == QUOTATION) && !is_of_blocks(w, at, node->tag);
	if (w->count > 0) {
		const struct level *top = &w->levels[w->count - 1];
		level.direction = top->direction;
		level.automatic = top->automatic;
		level.lang = top->lang;
		level.unturned = top->unturned;
		level.block = top->block;
		level.holder = top->holder;
	}
	level.end = node->end;
	level.role = rule->role;
	if (dir && !inlined) {
		level.automatic = dir[0] == 'a';
		level.direction = dir[0] == 'r' ? TEXT_RTL : dir[0] == 'l' ? TEXT_LTR : TEXT_AUTO;
	}
	if (writer_is_language(lang) && !inlined)
		level.lang = lang;
	level.unturned = (level.unturned || node->tag == GUMBO_TAG_PRE) && (!dir || inlined);
	return level;
}

static bool in_pre(const struct walk *w)
{
	const char *block = w->count > 0 ? w->levels[w->count - 1].block : NULL;
	return block && strcmp(block, "pre") == 0;
}

static bool is_heading(const char *element)
{
	return element && element[0] == 'h';
}

/* A division or block starts: a line in <pre>, else a block. */
static void open_block(struct walk *w, const struct html_node *node, const struct rule *rule,
		struct level *level)
{
	if (in_pre(w)) {
		writer_line(w->writer);
		sanitize_name_next(w, node);
		return;
	}
	sanitize_name_next(w, node);
	if (is_heading(rule->element) || node->tag == GUMBO_TAG_PRE)
		level->block = rule->element;
}

void sanitize_open(struct walk *w, size_t at, const struct rule *rule)
{
	const struct html_node *node = &w->tree->nodes[at];
	struct level level = inherited_level(w, at, rule);
	bool block = rule->role == DIVISION || rule->role == BLOCK;
	bool wrapper = rule->role == WRAPPER || rule->role == BARE;
	if (wrapper || (block && !in_pre(w)))
		writer_end(w->writer);
	if (block) {
		open_block(w, node, rule, &level);
	} else if (wrapper) {
		writer_context(w->writer, level.direction, level.automatic, level.lang);
		open_wrapper(w, at, rule, &level);
	} else if (rule->role == QUOTATION) {
		writer_text(w->writer, STR("“"));
	} else {
		open_inline(w, at, rule, &level);
	}
	if (!array_reserve(&w->levels, &w->cap, w->count + 1, sizeof *w->levels)) {
		w->failed = true;
		return;
	}
	w->levels[w->count++] = level;
	apply_context(w);
}

void sanitize_close(struct walk *w)
{
	struct level level = w->levels[--w->count];
	bool block = level.role == DIVISION || level.role == BLOCK;
	if (level.role == QUOTATION)
		writer_text(w->writer, STR("”"));
	w->links -= level.link;
	w->notes -= level.note;
	if (level.inlined)
		writer_close(w->writer);
	if (level.pushed)
		writer_pop(w->writer);
	if (level.implied)
		writer_pop(w->writer);
	if (block && in_pre(w))
		writer_line(w->writer);
	else if (block || (!level.pushed && (level.role == WRAPPER || level.role == BARE)))
		writer_end(w->writer);
	if (w->count > 0) {
		apply_context(w);
	} else {
		writer_context(w->writer, w->options->stated, false, STR(""));
		writer_default(w->writer, NULL);
	}
}
