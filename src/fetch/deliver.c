#include "fetch/deliver.h"

#include "base/array.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "fetch/arrivals.h"
#include "fetch/retold.h"
#include "fetch/rules.h"
#include "fetch/schedule.h"
#include "fetch/tape.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	TAG_LONGEST = 35,  /* bytes of a BCP 47 tag */
	AUTHORS_SHOWN = 4, /* names */
	MINUTES_MOST = 525600,
};

/* What an article is known by. */
struct identity {
	uint64_t hash;
	size_t index;
};

struct delivery {
	struct tape tape;
	const struct tape_value *root;
	const struct tape_value **items; /* owned; those that are taken; NULL: it is there already */
	size_t count;
	struct str language;
	enum store_direction direction;
	char **cleaned; /* copies of texts that had to be changed */
	size_t cleaned_count, cleaned_cap;
	struct identity *ids; /* of all items, sorted by hash */
	struct rules *rules;  /* NULL: none */
	const struct store_subscription *feed;
	struct arrivals *arrivals; /* NULL: none */
	bool failed; /* out of memory */
};

/* ---- texts --------------------------------------------------------------- */

/* What a text may hold beside letters. */
enum text_kind { LINE, LINES };

/* Keeps the bytes until the delivery ends. */
static struct str keep(struct delivery *d, struct buffer *text)
{
	struct str none = {"", 0};
	size_t length = text->len;
	char *owned = text->data || text->failed ? buffer_take(text) : NULL;
	if (!owned) {
		d->failed |= length > 0;
		return none;
	}
	if (!array_reserve(
		    &d->cleaned, &d->cleaned_cap, d->cleaned_count + 1, sizeof *d->cleaned)) {
		free(owned);
		d->failed = true;
		return none;
	}
	d->cleaned[d->cleaned_count++] = owned;
	return (struct str){owned, length};
}

/* C0, DEL, C1; of these "\n" and tab may stand in texts of several lines. */
static bool is_control(uint32_t cp, enum text_kind kind)
{
	if (kind == LINES && (cp == '\n' || cp == '\t'))
		return false;
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0);
}

static bool has_controls(struct str text, enum text_kind kind)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		/* C1 is C2 80 to C2 9F. */
		bool c1 = c == 0xc2 && i + 1 < text.len && (unsigned char)text.ptr[i + 1] < 0xa0;
		if (c1 || (c < 0x80 && is_control(c, kind)))
			return true;
	}
	return false;
}

static struct str cut(struct str text, size_t most)
{
	if (text.len <= most)
		return text;
	while (most > 0 && ((unsigned char)text.ptr[most] & 0xc0) == 0x80)
		most--;
	return str_slice(text, 0, most);
}

/* Controls become blanks in a line, and go elsewhere. */
static struct str clean(struct delivery *d, struct str text, size_t most, enum text_kind kind)
{
	text = cut(text, most);
	if (!has_controls(text, kind))
		return kind == LINE ? str_trim(text) : text;
	struct buffer out = {0};
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		if (!is_control(cp, kind))
			buffer_utf8(&out, cp);
		else if (kind == LINE)
			buffer_byte(&out, ' ');
	}
	struct str kept = keep(d, &out);
	return kind == LINE ? str_trim(kept) : kept;
}

void deliver_text(struct str text, size_t most, struct buffer *out)
{
	text = cut(text, most);
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		if (!is_control(cp, LINES))
			buffer_utf8(out, cp);
	}
}

/* The text of a member; "" where there is none, or something else. */
static struct str text_of(const struct tape_value *object, const char *name)
{
	return tape_text(tape_member(object, name));
}

static struct str line_of(struct delivery *d, const struct tape_value *object, const char *name)
{
	return clean(d, text_of(object, name), DELIVER_LINE, LINE);
}

static bool starts_with(struct str text, struct str prefix)
{
	return str_equal_nocase(str_slice(text, 0, prefix.len), prefix);
}

bool deliver_is_address(struct str url)
{
	if (url.len > DELIVER_LINE ||
		(!starts_with(url, STR("http://")) && !starts_with(url, STR("https://")) &&
			!starts_with(url, STR("mailto:"))))
		return false;
	for (size_t i = 0; i < url.len; i++) {
		unsigned char c = (unsigned char)url.ptr[i];
		if (c <= ' ' || c == 0x7f || c == '"' || c == '<' || c == '>')
			return false;
	}
	return !has_controls(url, LINE);
}

static struct str address_of(const struct tape_value *object, const char *name)
{
	struct str url = text_of(object, name);
	return deliver_is_address(url) ? url : (struct str){"", 0};
}

/* A language tag (BCP 47) in its letters; else "". */
static struct str language_of(const struct tape_value *object)
{
	struct str tag = text_of(object, "language");
	for (size_t i = 0; i < tag.len; i++) {
		char c = tag.ptr[i];
		bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			    (c >= '0' && c <= '9') || c == '-';
		if (!good || tag.len > TAG_LONGEST)
			return (struct str){"", 0};
	}
	return tag;
}

static enum store_direction direction_of(const struct tape_value *own)
{
	struct str dir = text_of(own, "dir");
	return str_equal(dir, STR("rtl"))   ? STORE_RTL
	       : str_equal(dir, STR("ltr")) ? STORE_LTR
					    : STORE_AUTO;
}

/* A whole number of the range; `otherwise` when it is none. */
static int64_t number_of(const struct tape_value *object, const char *name, int64_t most, int64_t otherwise)
{
	int64_t number = tape_whole(tape_member(object, name), most);
	return number >= 0 ? number : otherwise;
}

/* ---- dates --------------------------------------------------------------- */

static bool digits(const char **at, int count, int *value)
{
	*value = 0;
	for (; count > 0; count--, (*at)++) {
		if (**at < '0' || **at > '9')
			return false;
		*value = *value * 10 + (**at - '0');
	}
	return true;
}

static bool separator(const char **at, char c)
{
	return *(*at)++ == c;
}

/* "2024-06-01T12:00:00Z": the only form that khabar's own writer gives. */
static int64_t date_of(const struct tape_value *object, const char *name)
{
	struct str text = text_of(object, name);
	const char *at = text.ptr;
	struct tm tm = {0};
	if (text.len != strlen("2024-06-01T12:00:00Z") || !digits(&at, 4, &tm.tm_year) ||
		!separator(&at, '-') || !digits(&at, 2, &tm.tm_mon) || !separator(&at, '-') ||
		!digits(&at, 2, &tm.tm_mday) || !separator(&at, 'T') ||
		!digits(&at, 2, &tm.tm_hour) || !separator(&at, ':') ||
		!digits(&at, 2, &tm.tm_min) || !separator(&at, ':') ||
		!digits(&at, 2, &tm.tm_sec) || !separator(&at, 'Z'))
		return STORE_NO_DATE;
	if (tm.tm_year < 1900 || tm.tm_mon < 1 || tm.tm_mon > 12 || tm.tm_mday < 1 ||
		tm.tm_mday > 31 || tm.tm_hour > 23 || tm.tm_min > 59 || tm.tm_sec > 60)
		return STORE_NO_DATE;
	tm.tm_year -= 1900;
	tm.tm_mon -= 1;
	return (int64_t)timegm(&tm);
}

/* ---- the feed ------------------------------------------------------------ */

static struct delivery *broken(struct delivery *d, struct error *error)
{
	delivery_free(d);
	error_set(error, EX_DATAERR, "what was read of it is broken: please report this feed");
	return NULL;
}

static struct delivery *no_memory(struct delivery *d, struct error *error)
{
	delivery_free(d);
	error_no_memory(error);
	return NULL;
}

struct delivery *delivery_new(struct str json, struct error *error)
{
	struct error why = {0};
	struct delivery *d = calloc(1, sizeof *d);
	if (!d)
		return no_memory(d, error);
	if (tape_read(json, &d->tape, &why))
		return why.status == EX_DATAERR ? broken(d, error) : no_memory(d, error);
	d->root = d->tape.values;
	const struct tape_value *items = tape_member(d->root, "items"), *item = tape_first(items);
	if (!items || items->kind != TAPE_ARRAY)
		return broken(d, error);
	size_t cap = 0;
	for (; item && d->count < DELIVER_ITEMS; item = tape_next(items, item)) {
		if (!array_reserve(&d->items, &cap, d->count + 1, sizeof(void *)))
			return no_memory(d, error);
		d->items[d->count++] = item;
	}
	d->language = language_of(d->root);
	d->direction = direction_of(tape_member(d->root, "_khabar"));
	return d;
}

void delivery_free(struct delivery *d)
{
	if (!d)
		return;
	for (size_t i = 0; i < d->cleaned_count; i++)
		free(d->cleaned[i]);
	free(d->cleaned);
	free(d->ids);
	free(d->items);
	tape_free(&d->tape);
	free(d);
}

struct str delivery_title(const struct delivery *d)
{
	return cut(text_of(d->root, "title"), DELIVER_LINE);
}

int64_t delivery_asked(const struct delivery *d)
{
	const struct tape_value *own = tape_member(d->root, "_khabar");
	int64_t ttl = number_of(own, "ttl", MINUTES_MOST, 0);
	int64_t updates = number_of(own, "update_interval", MINUTES_MOST, 0);
	return (ttl > updates ? ttl : updates) * 60;
}

uint32_t delivery_skip(const struct delivery *d)
{
	static const char *const days[] = {
		"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
	const struct tape_value *own = tape_member(d->root, "_khabar"), *value;
	const struct tape_value *list = tape_member(own, "skip_hours");
	uint32_t skip = 0;
	for (value = tape_first(list); value; value = tape_next(list, value)) {
		int64_t hour = tape_whole(value, 23);
		if (hour >= 0)
			skip |= SCHEDULE_HOUR(hour);
	}
	list = tape_member(own, "skip_days");
	for (value = tape_first(list); value; value = tape_next(list, value)) {
		for (int day = 0; day < 7; day++) {
			if (str_equal_nocase(tape_text(value), str_of(days[day])))
				skip |= SCHEDULE_DAY(day);
		}
	}
	return skip;
}

int64_t delivery_newest(const struct delivery *d, int64_t now)
{
	int64_t newest = STORE_NO_DATE;
	for (size_t i = 0; i < d->count; i++) {
		int64_t date = date_of(d->items[i], "date_published");
		if (date > newest)
			newest = date < now ? date : now;
	}
	return newest;
}

/* ---- articles ------------------------------------------------------------ */

/* The names, parted by commas. */
static struct str authors_of(struct delivery *d, const struct tape_value *item)
{
	const struct tape_value *authors = tape_member(item, "authors");
	const struct tape_value *author = tape_first(authors), *second;
	struct str first = line_of(d, author, "name");
	second = author ? tape_next(authors, author) : NULL;
	if (!second)
		return first;
	struct buffer names = {0};
	for (size_t i = 0; author && i < AUTHORS_SHOWN; i++) {
		struct str name = line_of(d, author, "name");
		if (names.len > 0 && name.len > 0)
			buffer_str(&names, STR(", "));
		buffer_str(&names, name);
		author = tape_next(authors, author);
	}
	return cut(keep(d, &names), DELIVER_LINE);
}

static struct str section_of(struct delivery *d, const struct tape_value *item)
{
	struct str tag = tape_text(tape_first(tape_member(item, "tags")));
	return clean(d, tag, DELIVER_LINE, LINE);
}

/* Plain text as HTML: a paragraph where a blank line stands, a break at other line ends. */
static struct str html_of_text(struct delivery *d, struct str text)
{
	struct buffer html = {0};
	bool open = false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		size_t ends = 0;
		while (i + ends < text.len && text.ptr[i + ends] == '\n')
			ends++;
		if (ends > 0) {
			if (open)
				buffer_str(&html, ends > 1 ? STR("</p>") : STR("<br>"));
			open = open && ends == 1;
			i += ends - 1;
			continue;
		}
		if (!open)
			buffer_str(&html, STR("<p>"));
		open = true;
		if (c == '<')
			buffer_str(&html, STR("&lt;"));
		else if (c == '&')
			buffer_str(&html, STR("&amp;"));
		else
			buffer_byte(&html, c);
	}
	if (open)
		buffer_str(&html, STR("</p>"));
	return keep(d, &html);
}

static struct str html_of(struct delivery *d, const struct tape_value *item)
{
	struct str html = text_of(item, "content_html");
	if (html.len == 0)
		html = text_of(tape_member(item, "_khabar"), "summary_html");
	if (html.len > 0)
		return clean(d, html, DELIVER_HTML, LINES);
	struct str text = clean(d, text_of(item, "content_text"), DELIVER_HTML, LINES);
	return text.len > 0 ? html_of_text(d, text) : text;
}

static size_t attachments_of(struct delivery *d, const struct tape_value *item,
	struct store_new_attachment out[DELIVER_ATTACHMENTS])
{
	const struct tape_value *list = tape_member(item, "attachments"), *value;
	size_t count = 0;
	for (value = tape_first(list); value; value = tape_next(list, value)) {
		struct str url = address_of(value, "url");
		if (count >= DELIVER_ATTACHMENTS || url.len == 0)
			continue;
		out[count++] = (struct store_new_attachment){
			.url = url,
			.type = line_of(d, value, "mime_type"),
			.title = line_of(d, value, "title"),
			.size = number_of(value, "size_in_bytes", INT64_C(1) << 53, 0),
			.duration = number_of(value, "duration_in_seconds", INT64_C(1) << 31, 0),
		};
	}
	return count;
}

static int by_hash(const void *a, const void *b)
{
	const struct identity *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

/*
 * Leaves out all but the first article of those with the same id: they would overwrite each
 * other at each visit.
 */
static int drop_doubles(struct delivery *d, struct error *error)
{
	struct identity *ids = calloc(d->count + 1, sizeof *ids);
	if (!ids)
		return error_no_memory(error);
	free(d->ids);
	d->ids = ids;
	for (size_t i = 0; i < d->count; i++) {
		struct str id = text_of(d->items[i], "id");
		ids[i] = (struct identity){hash_text(HASH_START, id), i};
	}
	if (d->count > 1)
		qsort(ids, d->count, sizeof *ids, by_hash);
	for (size_t i = 1; i < d->count; i++) {
		struct str id = text_of(d->items[ids[i].index], "id");
		if (ids[i].hash == ids[i - 1].hash && id.len > 0)
			d->items[ids[i].index] = NULL;
	}
	return 0;
}

static bool is_present(void *user, struct str guid)
{
	const struct delivery *d = user;
	uint64_t hash = hash_text(HASH_START, guid);
	size_t low = 0, high = d->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (d->ids[middle].hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	return low < d->count && d->ids[low].hash == hash;
}

/* ---- into the store ------------------------------------------------------ */

void delivery_set_rules(
	struct delivery *d, struct rules *rules, const struct store_subscription *feed)
{
	d->rules = rules;
	d->feed = feed;
}

void delivery_set_arrivals(struct delivery *d, struct arrivals *arrivals)
{
	d->arrivals = arrivals;
}

/* Of one that is new: whether rules keep it, and whether it was told before. */
static int add(struct delivery *d, struct store *store, int64_t feed_id,
	struct store_new_article *article, enum store_outcome *outcome, struct error *error)
{
	struct sketch sketch;
	int64_t id;
	if (store_find(store, feed_id, article->guid, &id, error) < 0)
		return -1;
	if (id == 0) {
		enum rules_verdict verdict = RULES_KEEP;
		if (d->rules && rules_judge(d->rules, d->feed, article, (int64_t)time(NULL),
					&verdict, error) < 0)
			return -1;
		if (verdict == RULES_DROP)
			return 0;
		article->read = verdict == RULES_READ;
		article->sketch = retold_sketch(article, &sketch) ? &sketch : NULL;
		if (retold_reissued(store, feed_id, article, is_present, d, error) < 0)
			return -1;
	}
	if (store_add(store, feed_id, article, &id, outcome, error) < 0)
		return -1;
	if (d->arrivals && *outcome == STORE_ADDED)
		arrivals_add(d->arrivals, id);
	return 0;
}

static int store_item(struct delivery *d, const struct tape_value *item, struct store *store,
	int64_t feed_id, enum store_outcome *outcome, struct error *error)
{
	struct store_new_attachment attachments[DELIVER_ATTACHMENTS];
	const struct tape_value *own = tape_member(item, "_khabar");
	struct str language = language_of(item), url = address_of(item, "url");
	struct store_new_article article = {
		.guid = line_of(d, item, "id"),
		.title = line_of(d, item, "title"),
		.section = section_of(d, item),
		.author = authors_of(d, item),
		.url = url.len ? url : address_of(item, "external_url"),
		.summary = clean(d, text_of(item, "summary"), DELIVER_TEXT, LINES),
		.language = language.len ? language : d->language,
		.html = html_of(d, item),
		.comments_url = address_of(own, "comments_url"),
		.direction = direction_of(own),
		.published = date_of(item, "date_published"),
		.attachments = attachments,
	};
	if (article.guid.len == 0)
		article.guid = article.url.len ? article.url : article.title;
	if (article.direction == STORE_AUTO)
		article.direction = d->direction;
	article.attachment_count = attachments_of(d, item, attachments);
	*outcome = STORE_SAME;
	if (d->failed)
		return error_no_memory(error);
	return article.guid.len == 0 ? 0 : add(d, store, feed_id, &article, outcome, error);
}

int delivery_store(struct delivery *d, struct store *store, int64_t feed_id,
	struct delivery_sums *sums, struct error *error)
{
	*sums = (struct delivery_sums){0};
	if (store_feed_describe(store, feed_id, line_of(d, d->root, "title"),
		    address_of(d->root, "home_page_url"),
		    clean(d, text_of(d->root, "description"), DELIVER_TEXT, LINES), d->language,
		    error) ||
		drop_doubles(d, error))
		return -1;
	for (size_t i = d->count; i-- > 0;) {
		const struct tape_value *item = d->items[i];
		enum store_outcome outcome;
		if (!item || item->kind != TAPE_OBJECT)
			continue;
		if (store_item(d, item, store, feed_id, &outcome, error))
			return -1;
		sums->added += outcome == STORE_ADDED;
		sums->updated += outcome == STORE_UPDATED;
	}
	return 0;
}
