#include "subscribe/newsboat-keys.h"

#include "base/utf8.h"
#include "subscribe/words.h"

#include <stdlib.h>
#include <string.h>

enum {
	KEY_MOST = 64,      /* bytes of the keys of a binding */
	ACTIONS_MOST = 180, /* bytes of its actions */
	KEYS_MOST = 6,      /* in a sequence: ui/keys.h */
	STEPS_MOST = 8,     /* actions */
};

struct binding {
	const char *view; /* static; "": all */
	char keys[KEY_MOST], actions[ACTIONS_MOST];
};

struct newsboat_keys {
	struct binding items[NEWSBOAT_KEYS_MOST];
	size_t count;
};

/* newsboat's manual, "Key bindings"; actions: ui/keys.h.  One that is not here has none. */
static const struct {
	const char *operation, *actions;
} operations[] = {
	{"open", "open"},
	{"quit", "back"},
	{"hard-quit", "quit"},
	{"reload", "fetch"},
	{"reload-all", "fetch-all"},
	{"mark-feed-read", "mark-all-read"},
	{"mark-all-feeds-read", "mark-all-read"},
	{"save", "save"},
	{"next-unread", "next-unread"},
	{"prev-unread", "previous-unread"},
	{"next", "next"},
	{"prev", "previous"},
	{"next-feed", "next-feed"},
	{"next-unread-feed", "next-feed"},
	{"prev-feed", "previous-feed"},
	{"prev-unread-feed", "previous-feed"},
	{"open-in-browser", "open-in-browser"},
	{"open-in-browser-noninteractively", "open-in-browser"},
	{"open-in-browser-and-mark-read", "open-in-browser, mark-read"},
	{"open-all-unread-in-browser", "open-all"},
	{"open-all-unread-in-browser-and-mark-read", "open-all"},
	{"help", "help"},
	{"toggle-source-view", "source"},
	{"toggle-article-read", "toggle-read"},
	{"show-urls", "links"},
	{"open-search", "search"},
	{"goto-url", "link-number"},
	{"enqueue", "enqueue"},
	{"edit-flags", "tag"},
	{"pipe-to", "pipe"},
	{"bookmark", "bookmark"},
	{"delete-article", "delete"},
	{"redraw", "redraw"},
	{"up", "up"},
	{"down", "down"},
	{"pageup", "page-up"},
	{"pagedown", "page-down"},
	{"halfpageup", "half-page-up"},
	{"halfpagedown", "half-page-down"},
	{"home", "top"},
	{"end", "bottom"},
	{"pb-download", "fetch"},
	{"pb-cancel", "pause"},
	{"pb-delete", "remove"},
	{"pb-play", "open"},
	{"pb-mark-finished", "played"},
};

static const struct {
	const char *context, *view;
} contexts[] = {
	{"all", ""},
	{"everywhere", ""},
	{"feedlist", "feeds"},
	{"articlelist", "headlines"},
	{"searchresultslist", "headlines"},
	{"article", "article"},
	{"urlview", "choice"},
	{"help", "help"},
	{"podboat", "downloads"},
};

static const struct {
	const char *newsboat, *ours;
} key_names[] = {
	{"ENTER", "Enter"},
	{"BACKSPACE", "Backspace"},
	{"LEFT", "Left"},
	{"RIGHT", "Right"},
	{"UP", "Up"},
	{"DOWN", "Down"},
	{"PPAGE", "PgUp"},
	{"PAGEUP", "PgUp"},
	{"NPAGE", "PgDn"},
	{"PAGEDOWN", "PgDn"},
	{"HOME", "Home"},
	{"END", "End"},
	{"ESC", "Esc"},
	{"TAB", "Tab"},
	{"SPACE", "Space"},
	{" ", "Space"},
	{"DELETE", "Delete"},
	{"INSERT", "Insert"},
	/* What a name in an INI file cannot have. */
	{"=", "Equal"},
	{":", "Colon"},
	{";", "Semicolon"},
	{"#", "Hash"},
	{"[", "Bracket"},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

struct newsboat_keys *newsboat_keys_new(void)
{
	return calloc(1, sizeof(struct newsboat_keys));
}

void newsboat_keys_free(struct newsboat_keys *keys)
{
	free(keys);
}

/* ---- keys ---------------------------------------------------------------- */

static bool is_function_key(struct str name)
{
	bool one = name.len == 2 && name.ptr[1] >= '1' && name.ptr[1] <= '9';
	bool two = name.len == 3 && name.ptr[1] == '1' && name.ptr[2] >= '0' && name.ptr[2] <= '2';
	return name.len > 0 && name.ptr[0] == 'F' && (one || two);
}

/* Appends our name of one key; false when there is none. */
static bool add_key(struct str name, struct buffer *out)
{
	uint32_t cp;
	if (out->len > 0)
		buffer_byte(out, ' ');
	for (size_t i = 0; i < COUNT(key_names); i++) {
		if (str_equal(name, str_of(key_names[i].newsboat))) {
			buffer_str(out, str_of(key_names[i].ours));
			return true;
		}
	}
	if (name.len == 2 && name.ptr[0] == '^' && (name.ptr[1] | 0x20) >= 'a' &&
		(name.ptr[1] | 0x20) <= 'z') {
		buffer_printf(out, "Ctrl-%c", name.ptr[1] & ~0x20);
		return true;
	}
	bool one = name.len > 0 && utf8_decode(name.ptr, name.len, &cp) == name.len && cp > ' ' &&
		   cp != 0x7F && cp != '\\';
	if (one || is_function_key(name))
		buffer_str(out, name);
	return one || is_function_key(name);
}

/* The next key of "gg", "^Xa", "<F5>": `bind` has several in a word. */
static struct str next_key(struct str *rest)
{
	uint32_t cp;
	ptrdiff_t close = str_find(*rest, STR(">"));
	size_t len = utf8_decode(rest->ptr, rest->len, &cp);
	struct str key;
	if (cp == '<' && close > 1) {
		key = str_slice(*rest, 1, (size_t)close);
		len = (size_t)close + 1;
	} else {
		len += cp == '^' && rest->len > 1;
		key = str_slice(*rest, 0, len);
	}
	*rest = str_slice(*rest, len, rest->len);
	return key;
}

static bool add_sequence(struct str word, struct buffer *out)
{
	int count = 0;
	while (word.len > 0) {
		if (count++ == KEYS_MOST || !add_key(next_key(&word), out))
			return false;
	}
	return count > 0;
}

/* ---- operations ----------------------------------------------------------- */

static const char *actions_of(struct str operation)
{
	for (size_t i = 0; i < COUNT(operations); i++) {
		if (str_equal(operation, str_of(operations[i].operation)))
			return operations[i].actions;
	}
	return NULL;
}

/* Up to a ";" that stands in no quotation; *rest moves behind it. */
static struct str next_operation(struct str *rest)
{
	bool quoted = false;
	size_t end = 0;
	for (; end < rest->len && (quoted || rest->ptr[end] != ';'); end++) {
		if (rest->ptr[end] == '\\' && quoted && end + 1 < rest->len)
			end++;
		else if (rest->ptr[end] == '"')
			quoted = !quoted;
	}
	if (end > rest->len)
		end = rest->len;
	struct str operation = str_trim(str_slice(*rest, 0, end));
	*rest = str_slice(*rest, end + 1, rest->len);
	return operation;
}

/* Without the description, which stands behind "--". */
static struct str undescribed(struct str text)
{
	ptrdiff_t mark = str_find(text, STR(" -- "));
	return mark >= 0 ? str_slice(text, 0, (size_t)mark) : text;
}

/* Appends the actions of "op; op"; NULL, or why there are none. */
static const char *add_actions(struct str text, struct buffer *out)
{
	int steps = 0;
	for (struct str rest = undescribed(text); rest.len > 0;) {
		struct str operation = next_operation(&rest);
		if (operation.len == 0)
			continue;
		const char *actions = actions_of(operation);
		if (!actions && str_find(operation, STR(" ")) >= 0)
			return "sets something or starts a program: that is never taken over";
		if (!actions)
			return "has an operation that has no counterpart here";
		for (const char *comma = actions; comma; comma = strchr(comma + 1, ','))
			steps++;
		if (out->len > 0)
			buffer_str(out, STR(", "));
		buffer_str(out, str_of(actions));
	}
	if (steps > STEPS_MOST || out->len >= ACTIONS_MOST)
		return "has too many operations";
	return steps > 0 ? NULL : "has no operation";
}

/* ---- lines ------------------------------------------------------------------ */

/* One of the two begins with the other, and they are not the same. */
static bool meet(const char *a, const char *b)
{
	size_t x = strlen(a), y = strlen(b), shorter = x < y ? x : y;
	char next = x < y ? b[x] : a[y];
	return x != y && memcmp(a, b, shorter) == 0 && next == ' ';
}

static const char *put(
	struct newsboat_keys *keys, const char *view, const struct buffer *key, struct str actions)
{
	size_t i = 0;
	if (key->failed || key->len == 0 || key->len >= KEY_MOST ||
		key->len + actions.len >= ACTIONS_MOST)
		return "cannot stand in one line of khabar.conf";
	for (size_t k = 0; k < keys->count; k++) {
		if (strcmp(keys->items[k].view, view) == 0 && meet(keys->items[k].keys, key->data))
			return "begins as another binding does: one of them could not be told";
	}
	while (i < keys->count && (strcmp(keys->items[i].view, view) != 0 ||
					  strcmp(keys->items[i].keys, key->data) != 0))
		i++;
	if (i == NEWSBOAT_KEYS_MOST)
		return "is one binding too many";
	keys->count += i == keys->count;
	struct binding *binding = &keys->items[i];
	binding->view = view;
	memcpy(binding->keys, key->data, key->len + 1);
	memcpy(binding->actions, actions.ptr, actions.len);
	binding->actions[actions.len] = '\0';
	return NULL;
}

/* NULL: a place that khabar does not have. */
static const char *view_of(struct str context)
{
	if (context.len == 0)
		return "";
	for (size_t i = 0; i < COUNT(contexts); i++) {
		if (str_equal(context, str_of(contexts[i].context)))
			return contexts[i].view;
	}
	return NULL;
}

/* The next word of *rest into `word`; false at the end. */
static bool next_word(struct str *rest, struct buffer *word)
{
	static const struct words_style style = {.escapes = false};
	struct word about;
	return words_next(rest, &style, word, &about);
}

/* bind-key KEY OPERATION [CONTEXT], unbind-key KEY [CONTEXT] */
static const char *take_key(struct newsboat_keys *keys, struct str rest, bool unbind)
{
	static const char *const nowhere = "is for a place that has no counterpart here";
	struct buffer name = {0}, operation = {0}, context = {0}, key = {0};
	const char *why = NULL, *actions = "none";
	next_word(&rest, &name);
	if (!unbind && next_word(&rest, &operation))
		actions = actions_of(buffer_view(&operation));
	next_word(&rest, &context);
	const char *view = view_of(buffer_view(&context));
	if (!add_key(buffer_view(&name), &key))
		why = "has a key that has no counterpart here";
	else if (!actions)
		why = "has an operation that has no counterpart here";
	else
		why = view ? put(keys, view, &key, str_of(actions)) : nowhere;
	buffer_free(&name);
	buffer_free(&operation);
	buffer_free(&context);
	buffer_free(&key);
	return why;
}

/* bind KEYS CONTEXT,... OPERATION; ... */
static const char *take_sequence(struct newsboat_keys *keys, struct str rest)
{
	struct buffer word = {0}, places = {0}, key = {0}, actions = {0};
	struct str context;
	next_word(&rest, &word);
	next_word(&rest, &places);
	const char *why = add_sequence(buffer_view(&word), &key)
				  ? add_actions(rest, &actions)
				  : "has a key that has no counterpart here";
	struct str all = buffer_view(&places);
	while (!why && places.len > 0 && str_split(&all, ',', &context)) {
		const char *view = view_of(context);
		why = view ? put(keys, view, &key, buffer_view(&actions))
			   : "is for a place that has no counterpart here";
	}
	buffer_free(&word);
	buffer_free(&places);
	buffer_free(&key);
	buffer_free(&actions);
	return why;
}

/* macro KEY OPERATION; ... -- "description": what "," and the key begin. */
static const char *take_macro(struct newsboat_keys *keys, struct str rest)
{
	struct buffer word = {0}, key = {0}, actions = {0};
	next_word(&rest, &word);
	buffer_str(&key, STR(","));
	const char *why = add_key(buffer_view(&word), &key)
				  ? add_actions(rest, &actions)
				  : "has a key that has no counterpart here";
	if (!why)
		why = put(keys, "", &key, buffer_view(&actions));
	buffer_free(&word);
	buffer_free(&key);
	buffer_free(&actions);
	return why;
}

const char *newsboat_keys_take(struct newsboat_keys *keys, struct str command, struct str rest)
{
	if (str_equal(command, STR("macro")))
		return take_macro(keys, rest);
	if (str_equal(command, STR("bind")))
		return take_sequence(keys, rest);
	return take_key(keys, rest, str_equal(command, STR("unbind-key")));
}

void newsboat_keys_write(const struct newsboat_keys *keys, struct buffer *out)
{
	static const char *const views[] = {
		"", "feeds", "headlines", "article", "choice", "help", "downloads"};
	for (size_t v = 0; v < COUNT(views); v++) {
		bool begun = false;
		for (size_t i = 0; i < keys->count; i++) {
			const struct binding *b = &keys->items[i];
			if (strcmp(b->view, views[v]) != 0)
				continue;
			if (!begun)
				buffer_printf(out, "\n[keys%s%s]\n", *b->view ? " " : "", b->view);
			begun = true;
			buffer_printf(out, "%s = %s\n", b->keys, b->actions);
		}
	}
}
