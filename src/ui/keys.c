#include "ui/keys.h"

#include "base/message.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "config/config.h"
#include "screen/screen.h"

#define CTRL(letter) ((letter)&0x1F)

enum {
	KEY_TAB = 9,
	KEY_ENTER_CODE = 13,
	KEY_ESCAPE = 27,
	KEY_SPACE = 32,
	KEY_BACKSPACE_CODE = 127,
};

const char *action_text(enum action action)
{
	static const char *const texts[] = {
#define X(action, name, text) [action] = text,
		ACTIONS(X)
#undef X
	};
	return texts[action];
}

static const char *const NAMES[] = {
#define X(action, name, text) [action] = name,
	ACTIONS(X)
#undef X
};

const char *action_name(enum action action)
{
	return NAMES[action];
}

enum action action_of(struct str name)
{
	enum action action = ACTION_NONE;
	while (action < ACTION_COUNT && !str_equal(name, str_of(NAMES[action])))
		action++;
	return action;
}

enum action action_nearest(struct str name)
{
	ptrdiff_t near = nearest_name(name, NAMES, ACTION_COUNT);
	return near >= 0 ? (enum action)near : ACTION_COUNT;
}

void sequence_text(const struct sequence *sequence, struct buffer *out)
{
	for (int i = 0; i < sequence->action_count; i++) {
		if (i > 0)
			buffer_str(out, STR(" · "));
		buffer_str(out, str_of(_(action_text(sequence->actions[i]))));
	}
}

int action_step(enum action action)
{
	switch (action) {
	case ACTION_NEXT:
	case ACTION_NEXT_UNREAD:
	case ACTION_NEXT_STARRED:
		return 1;
	case ACTION_PREVIOUS:
	case ACTION_PREVIOUS_UNREAD:
	case ACTION_PREVIOUS_STARRED:
		return -1;
	default:
		return 0;
	}
}

/* What every preset shares. */
/* clang-format off */
#define READING                                                                                    \
	{KEY_TAB, IN_ARTICLE, ACTION_NEXT_LINK},                                                   \
			{KEY_CODE_BACK_TAB, IN_ARTICLE, ACTION_PREVIOUS_LINK},                     \
			{KEY_ENTER_CODE, IN_ARTICLE, ACTION_FOLLOW},                               \
			{'1', IN_ARTICLE, ACTION_LINK_NUMBER},                                     \
			{'2', IN_ARTICLE, ACTION_LINK_NUMBER},                                     \
			{'3', IN_ARTICLE, ACTION_LINK_NUMBER},                                     \
			{'4', IN_ARTICLE, ACTION_LINK_NUMBER},                                     \
			{'5', IN_ARTICLE, ACTION_LINK_NUMBER},                                     \
			{'6', IN_ARTICLE, ACTION_LINK_NUMBER},                                     \
			{'7', IN_ARTICLE, ACTION_LINK_NUMBER},                                     \
			{'8', IN_ARTICLE, ACTION_LINK_NUMBER},                                     \
			{'9', IN_ARTICLE, ACTION_LINK_NUMBER},                                     \
			{'L', IN_ARTICLE, ACTION_LINKS}, {'#', IN_ARTICLE | IN_CHOICE, ACTION_QR}, \
			{'/', IN_ARTICLE, ACTION_FIND},                                            \
			{'n', IN_FINDING, ACTION_FIND_NEXT},                                       \
			{'N', IN_FINDING, ACTION_FIND_PREVIOUS},                                   \
			{KEY_ESCAPE, IN_FINDING, ACTION_CANCEL},                                   \
			{']', IN_ARTICLE, ACTION_NEXT_HEADING},                                    \
			{'[', IN_ARTICLE, ACTION_PREVIOUS_HEADING},                                \
			{'}', IN_ARTICLE, ACTION_NEXT_HEADING},                                    \
			{'{', IN_ARTICLE, ACTION_PREVIOUS_HEADING},                                \
			{'t', IN_ARTICLE, ACTION_CONTENTS}, {'S', IN_ARTICLE, ACTION_SAVE},        \
			{'W', IN_ARTICLE, ACTION_FULL_TEXT}, {'i', IN_ARTICLE, ACTION_PICTURE},                                       \
			{'|', IN_ARTICLE, ACTION_PIPE}, {'\\', IN_ARTICLE, ACTION_SOURCE},         \
			{'w', IN_ARTICLE, ACTION_WIDTH}, {'z', IN_ARTICLE, ACTION_JUSTIFY},        \
			{'%', IN_ARTICLE, ACTION_COLUMNS}, {'V', IN_ARTICLE, ACTION_FOCUS},        \
			{'x', IN_ARTICLE, ACTION_WRAP_CODE}, {'>', IN_ARTICLE, ACTION_CODE_ON},    \
			{'<', IN_ARTICLE, ACTION_CODE_BACK}

#define COMMON                                                                                     \
	{KEY_CODE_DOWN, IN_ALL, ACTION_DOWN}, {KEY_CODE_UP, IN_ALL, ACTION_UP},                    \
			{KEY_CODE_PAGE_DOWN, IN_ALL, ACTION_PAGE_DOWN},                            \
			{KEY_CODE_PAGE_UP, IN_ALL, ACTION_PAGE_UP},                                \
			{KEY_CODE_HOME, IN_ALL, ACTION_TOP},                                       \
			{KEY_CODE_END, IN_ALL, ACTION_BOTTOM},                                     \
			{'J', IN_NEWS, ACTION_NEXT}, {'K', IN_NEWS, ACTION_PREVIOUS},              \
			{'A', IN_LISTS, ACTION_MARK_ALL_READ},                                     \
			{'O', IN_HEADLINES, ACTION_MARK_OLDER_READ}, {'T', IN_NEWS, ACTION_TAG},   \
			{'x', IN_HEADLINES, ACTION_DELETE}, {KEY_CODE_DELETE, IN_NEWS, ACTION_DELETE},  \
			{'U', IN_ALL, ACTION_UNDO}, {'Z', IN_ALL, ACTION_REDO},                    \
			{'x', IN_CANDIDATES, ACTION_CHOOSE}, {'a', IN_FEEDS, ACTION_ADD},          \
			{'S', IN_FEEDS, ACTION_STARTER},                                           \
			{'X', IN_FEEDS | IN_FAILING | IN_RULES | IN_QUEUE, ACTION_REMOVE},                  \
			{'E', IN_FEEDS | IN_RULES, ACTION_EDIT}, {'L', IN_LISTS, ACTION_LIST},     \
			{'I', IN_FEEDS, ACTION_RULES}, {'a', IN_RULES, ACTION_NEW},                \
			{KEY_SPACE, IN_RULES | IN_FORM, ACTION_CHANGE},                            \
			{KEY_TAB, IN_FORM, ACTION_DOWN}, {KEY_CODE_BACK_TAB, IN_FORM, ACTION_UP},  \
			{'s', IN_FORM, ACTION_FORM_SAVE},                                          \
			{'<', IN_FEEDS | IN_RULES, ACTION_MOVE_UP},                                \
			{'>', IN_FEEDS | IN_RULES, ACTION_MOVE_DOWN},                              \
			{'B', IN_ALL, ACTION_BIDI}, {'m', IN_NEWS, ACTION_MARKS},                  \
			{'v', IN_ARTICLE, ACTION_SELECT},                                          \
			{'o', IN_NEWS, ACTION_BROWSER}, {'+', IN_NEWS, ACTION_SOURCES},            \
			{'_', IN_ARTICLE, ACTION_AUTOSCROLL},                                      \
			{'\'', IN_ARTICLE, ACTION_JUMP_BACK},                                     \
			{'@', IN_NEWS, ACTION_BOOKMARK}, {'*', IN_HEADLINES, ACTION_OPEN_ALL},     \
			{CTRL('W'), IN_PANES, ACTION_NEXT_PANE},                                   \
			{KEY_TAB, IN_LISTS, ACTION_NEXT_PANE},                                     \
			{KEY_CODE_BACK_TAB, IN_LISTS, ACTION_PREVIOUS_PANE},                       \
			{'!', IN_PANES, ACTION_ZOOM}, {'H', IN_PANES, ACTION_LAYOUT},              \
			{')', IN_PANES, ACTION_GROW}, {'(', IN_PANES, ACTION_SHRINK},              \
			{'e', IN_NEWS, ACTION_ENQUEUE},                                            \
			{KEY_SPACE, IN_QUEUE, ACTION_PAUSE}, {'f', IN_QUEUE, ACTION_FETCH},        \
			{'r', IN_QUEUE, ACTION_PLAYED},                                            \
			{'M', IN_ALL, ACTION_MESSAGES}, {':', IN_ALL, ACTION_COMMAND},             \
			{'?', IN_ALL, ACTION_HELP},                                                \
			{'/', IN_LISTS, ACTION_SEARCH}, {'/', IN_KEYS, ACTION_FIND},               \
			{CTRL('L'), IN_ALL, ACTION_REDRAW}, {CTRL('Z'), IN_ALL, ACTION_SUSPEND},   \
			{CTRL('X'), IN_ALL, ACTION_RELOAD},                                        \
			{'Q', IN_ALL, ACTION_QUIT}
/* clang-format on */

static const struct binding KHABAR[] = {
	{KEY_ENTER_CODE, IN_OPENED, ACTION_OPEN}, /* first: the one hints name */
	{KEY_SPACE, IN_CANDIDATES, ACTION_CHOOSE},
	READING,
	{'j', IN_ALL, ACTION_DOWN},
	{'k', IN_ALL, ACTION_UP},
	{KEY_SPACE, IN_PAGED, ACTION_PAGE_DOWN},
	{'b', IN_ALL, ACTION_PAGE_UP},
	{'d', IN_ALL, ACTION_HALF_DOWN},
	{'u', IN_ALL, ACTION_HALF_UP},
	{CTRL('D'), IN_ALL, ACTION_HALF_DOWN},
	{CTRL('U'), IN_ALL, ACTION_HALF_UP},
	{'g', IN_ALL, ACTION_TOP},
	{'G', IN_ALL, ACTION_BOTTOM},
	{'l', IN_LISTS | IN_CHOICE, ACTION_OPEN},
	{KEY_CODE_RIGHT, IN_LISTS | IN_CHOICE, ACTION_OPEN},
	{'q', IN_ALL, ACTION_BACK},
	{'h', IN_ALL, ACTION_BACK},
	{KEY_CODE_LEFT, IN_ALL, ACTION_BACK},
	{KEY_BACKSPACE_CODE, IN_ALL, ACTION_BACK},
	{'n', IN_NEWS, ACTION_NEXT_UNREAD},
	{'p', IN_NEWS, ACTION_PREVIOUS_UNREAD},
	{'r', IN_NEWS, ACTION_TOGGLE_READ},
	{CTRL('R'), IN_ALL, ACTION_REDO},
	{'s', IN_NEWS, ACTION_TOGGLE_STAR},
	{'D', IN_NEWS, ACTION_DIRECTION},
	{'f', IN_FETCHED, ACTION_FETCH},
	{'F', IN_FETCHED, ACTION_FETCH_ALL},
	{'e', IN_FEEDS, ACTION_FAILING},
	{'f', IN_ARTICLE, ACTION_HINTS},
	{'y', IN_NEWS, ACTION_COPY_TITLE},
	{'Y', IN_NEWS, ACTION_COPY_LINK},
	{'c', IN_ARTICLE, ACTION_COPY_TEXT},
	{KEY_ESCAPE, IN_ARTICLE, ACTION_CANCEL},
	{KEY_ESCAPE, IN_HEADLINES | IN_RULES | IN_FORM | IN_QUEUE, ACTION_BACK},
	{'P', IN_ALL, ACTION_QUEUE},
	COMMON,
	{0, 0, ACTION_NONE},
};

static const struct binding NEWSBOAT[] = {
	{KEY_ENTER_CODE, IN_OPENED, ACTION_OPEN}, /* first: the one hints name */
	{KEY_SPACE, IN_CANDIDATES, ACTION_CHOOSE},
	READING,
	{'q', IN_ALL, ACTION_BACK},
	{KEY_ESCAPE, IN_ALL, ACTION_BACK},
	{'j', IN_HEADLINES, ACTION_NEXT_FEED},
	{'k', IN_HEADLINES, ACTION_PREVIOUS_FEED},
	{KEY_SPACE, IN_ARTICLE | IN_HELP, ACTION_PAGE_DOWN},
	{'b', IN_ARTICLE | IN_HELP, ACTION_PAGE_UP},
	{'f', IN_ARTICLE, ACTION_HINTS},
	{'u', IN_ARTICLE, ACTION_LINKS},
	{'s', IN_ARTICLE, ACTION_SAVE},
	{CTRL('U'), IN_ARTICLE, ACTION_SOURCE},
	{'n', IN_NEWS, ACTION_NEXT_UNREAD},
	{'p', IN_NEWS, ACTION_PREVIOUS_UNREAD},
	{'N', IN_NEWS, ACTION_TOGGLE_READ},
	{'C', IN_FEEDS, ACTION_MARK_ALL_READ},
	{'D', IN_NEWS, ACTION_DELETE},
	{CTRL('B'), IN_NEWS, ACTION_BOOKMARK},
	{CTRL('E'), IN_NEWS, ACTION_TOGGLE_STAR},
	{'r', IN_FETCHED, ACTION_FETCH},
	{'R', IN_FETCHED, ACTION_FETCH_ALL},
	{'e', IN_FEEDS, ACTION_FAILING},
	{'=', IN_NEWS, ACTION_DIRECTION},
	{'y', IN_NEWS, ACTION_COPY_TITLE},
	{'Y', IN_NEWS, ACTION_COPY_LINK},
	{'c', IN_ARTICLE, ACTION_COPY_TEXT},
	{'P', IN_ALL, ACTION_QUEUE},
	COMMON,
	{0, 0, ACTION_NONE},
};

static const struct binding NEWSRAFT[] = {
	{KEY_ENTER_CODE, IN_OPENED, ACTION_OPEN}, /* first: the one hints name */
	{KEY_SPACE, IN_CANDIDATES, ACTION_CHOOSE},
	READING,
	{'j', IN_ALL, ACTION_DOWN},
	{'k', IN_ALL, ACTION_UP},
	{CTRL('E'), IN_ALL, ACTION_DOWN},
	{CTRL('Y'), IN_ALL, ACTION_UP},
	{KEY_SPACE, IN_PAGED, ACTION_PAGE_DOWN},
	{CTRL('F'), IN_ALL, ACTION_PAGE_DOWN},
	{CTRL('B'), IN_ALL, ACTION_PAGE_UP},
	{CTRL('D'), IN_ALL, ACTION_HALF_DOWN},
	{CTRL('U'), IN_ALL, ACTION_HALF_UP},
	{'g', IN_ALL, ACTION_TOP},
	{'G', IN_ALL, ACTION_BOTTOM},
	{'l', IN_LISTS | IN_CHOICE, ACTION_OPEN},
	{KEY_CODE_RIGHT, IN_LISTS | IN_CHOICE, ACTION_OPEN},
	{'h', IN_ALL, ACTION_BACK},
	{KEY_CODE_LEFT, IN_ALL, ACTION_BACK},
	{KEY_BACKSPACE_CODE, IN_ALL, ACTION_BACK},
	{'q', IN_ALL, ACTION_QUIT},
	{'n', IN_NEWS, ACTION_NEXT_UNREAD},
	{'N', IN_NEWS, ACTION_PREVIOUS_UNREAD},
	{'p', IN_NEWS, ACTION_NEXT_STARRED},
	{'P', IN_NEWS, ACTION_PREVIOUS_STARRED},
	{'d', IN_NEWS, ACTION_MARK_READ},
	{'D', IN_NEWS, ACTION_MARK_UNREAD},
	{'f', IN_NEWS, ACTION_STAR},
	{'F', IN_NEWS, ACTION_UNSTAR},
	{'=', IN_NEWS, ACTION_DIRECTION},
	{'r', IN_FETCHED, ACTION_FETCH},
	{'R', IN_FETCHED, ACTION_FETCH_ALL},
	{CTRL('R'), IN_FETCHED, ACTION_FETCH_ALL},
	{'v', IN_FEEDS, ACTION_FAILING},
	{'`', IN_ALL, ACTION_REDRAW},
	{';', IN_ARTICLE, ACTION_HINTS},
	{'y', IN_NEWS, ACTION_COPY_LINK},
	{'c', IN_NEWS, ACTION_COPY_LINK},
	{'Y', IN_NEWS, ACTION_COPY_TITLE},
	{'C', IN_ARTICLE, ACTION_COPY_TEXT},
	{KEY_ESCAPE, IN_ARTICLE, ACTION_CANCEL},
	{KEY_ESCAPE, IN_HEADLINES | IN_RULES | IN_FORM | IN_QUEUE, ACTION_BACK},
	{'P', IN_ALL & ~IN_NEWS, ACTION_QUEUE},
	COMMON,
	{0, 0, ACTION_NONE},
};

static const struct keymap KEYMAPS[] = {
#define X(preset, preset_name) {.name = preset_name, .bindings = preset},
	KEY_PRESETS(X)
#undef X
};

const struct keymap *keymap_of(struct str name)
{
	for (size_t i = 0; i < sizeof KEYMAPS / sizeof *KEYMAPS; i++) {
		if (str_equal(name, str_of(KEYMAPS[i].name)))
			return &KEYMAPS[i];
	}
	return NULL;
}

enum action keymap_action(const struct keymap *keymap, uint32_t key, enum key_view view)
{
	for (const struct binding *b = keymap->bindings; b->action != ACTION_NONE; b++) {
		if (b->key == key && b->views & view)
			return b->action;
	}
	return ACTION_NONE;
}

bool keymap_knows(const struct keymap *keymap, uint32_t key)
{
	for (size_t i = 0; i < keymap->sequence_count; i++) {
		for (int k = 0; k < keymap->sequences[i].key_count; k++) {
			if (keymap->sequences[i].keys[k] == key)
				return true;
		}
	}
	return keymap_action(keymap, key, (enum key_view)~0u) != ACTION_NONE;
}

static const struct {
	uint32_t key;
	const char *name;
} KEY_NAMES[] = {
	{KEY_CODE_UP, "Up"},
	{KEY_CODE_DOWN, "Down"},
	{KEY_CODE_LEFT, "Left"},
	{KEY_CODE_RIGHT, "Right"},
	{KEY_CODE_HOME, "Home"},
	{KEY_CODE_END, "End"},
	{KEY_CODE_PAGE_UP, "PgUp"},
	{KEY_CODE_PAGE_DOWN, "PgDn"},
	{KEY_CODE_INSERT, "Insert"},
	{KEY_CODE_DELETE, "Delete"},
	{KEY_CODE_BACK_TAB, "Shift-Tab"},
	{KEY_TAB, "Tab"},
	{KEY_ENTER_CODE, "Enter"},
	{KEY_ESCAPE, "Esc"},
	{KEY_SPACE, "Space"},
	{KEY_BACKSPACE_CODE, "Backspace"},
};
enum { KEY_NAME_COUNT = sizeof KEY_NAMES / sizeof *KEY_NAMES };

static const struct {
	uint32_t bit;
	struct str name;
} MODIFIERS[] = {{KEY_WITH_CTRL, {"Ctrl-", 5}}, {KEY_WITH_ALT, {"Alt-", 4}},
	{KEY_WITH_SHIFT, {"Shift-", 6}}};
enum { MODIFIER_COUNT = sizeof MODIFIERS / sizeof *MODIFIERS };

void key_name(struct buffer *out, uint32_t key)
{
	for (size_t i = 0; i < MODIFIER_COUNT; i++) {
		if (key & MODIFIERS[i].bit)
			buffer_str(out, MODIFIERS[i].name);
		key &= ~MODIFIERS[i].bit;
	}
	for (size_t i = 0; i < KEY_NAME_COUNT; i++) {
		if (KEY_NAMES[i].key == key) {
			buffer_str(out, str_of(KEY_NAMES[i].name));
			return;
		}
	}
	if (key >= KEY_CODE_F1 && key <= KEY_CODE_F12)
		buffer_printf(out, "F%u", key - KEY_CODE_F1 + 1);
	else if (key < KEY_SPACE)
		buffer_printf(out, "Ctrl-%c", (int)key + 0x40);
	else
		buffer_utf8(out, key);
}

/* "F1" to "F12". */
static bool function_key_of(struct str name, uint32_t *key)
{
	for (uint32_t i = 1; i <= 12; i++) {
		char own[] = {'F', (char)(i < 10 ? '0' + i : '1'), (char)(i < 10 ? 0 : '0' + i - 10), 0};
		*key = KEY_CODE_F1 + i - 1;
		if (str_equal_nocase(name, str_of(own)))
			return true;
	}
	return false;
}

/* Without modifiers, but for Ctrl with a letter. */
static bool plain_key_of(struct str name, uint32_t *key)
{
	static const struct {
		uint32_t key;
		const char *name;
	} others[] = {{'=', "Equal"}, {':', "Colon"}, {';', "Semicolon"}, {'#', "Hash"},
		{'[', "Bracket"}, {KEY_ESCAPE, "Escape"}, {KEY_CODE_PAGE_UP, "PageUp"},
		{KEY_CODE_PAGE_DOWN, "PageDown"}, {KEY_ENTER_CODE, "Return"}};
	if (name.len > 0 && utf8_valid(name) && utf8_decode(name.ptr, name.len, key) == name.len)
		return *key > KEY_SPACE && *key != KEY_BACKSPACE_CODE;
	for (size_t i = 0; i < KEY_NAME_COUNT; i++) {
		*key = KEY_NAMES[i].key;
		if (str_equal_nocase(name, str_of(KEY_NAMES[i].name)))
			return true;
	}
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		*key = others[i].key;
		if (str_equal_nocase(name, str_of(others[i].name)))
			return true;
	}
	if (name.len == 6 && str_equal_nocase(str_slice(name, 0, 5), STR("Ctrl-"))) {
		char letter = name.ptr[5];
		*key = (uint32_t)letter & 0x1F;
		return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
	}
	return function_key_of(name, key);
}

/* Takes "Ctrl-", "Alt-", "Shift-" off the name. */
static uint32_t take_modifiers(struct str *name)
{
	uint32_t bits = 0;
	for (size_t i = 0; i < MODIFIER_COUNT;) {
		struct str prefix = MODIFIERS[i].name;
		bool has = !(bits & MODIFIERS[i].bit) &&
			   str_equal_nocase(str_slice(*name, 0, prefix.len), prefix);
		if (has) {
			bits |= MODIFIERS[i].bit;
			*name = str_slice(*name, prefix.len, name->len);
		}
		i = has ? 0 : i + 1;
	}
	return bits;
}

bool key_of(struct str name, uint32_t *key)
{
	if (plain_key_of(name, key))
		return true;
	uint32_t bits = take_modifiers(&name);
	if (!bits || !plain_key_of(name, key))
		return false;
	/* Terminals send no others. */
	bool character = *key < KEY_CODE_BASE;
	if (character && (bits & KEY_WITH_SHIFT || *key < KEY_SPACE ||
				 (bits & KEY_WITH_CTRL && *key != KEY_SPACE)))
		return false;
	*key |= bits;
	return true;
}
