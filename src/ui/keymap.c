#include "ui/keymap.h"

#include "base/array.h"
#include "base/nearest.h"
#include "config/bindings.h"

#include <stdlib.h>
#include <string.h>

enum { OWN_MOST = 500 };

struct own_keys {
	struct keymap map;
	struct sequence *own; /* as they stand in the file */
	size_t own_count, own_cap;
	struct binding *bindings;
	size_t binding_count, binding_cap;
	struct sequence *sequences;
	size_t sequence_count, sequence_cap;
};

static const struct {
	const char *name;
	enum key_view views;
} VIEWS[] = {{"feeds", IN_FEEDS}, {"headlines", IN_HEADLINES}, {"article", IN_ARTICLE},
	{"help", IN_HELP}, {"candidates", IN_CANDIDATES}, {"failing", IN_FAILING},
	{"choice", IN_CHOICE}, {"downloads", IN_QUEUE}};
enum { VIEW_COUNT = sizeof VIEWS / sizeof *VIEWS };

/* ---- names --------------------------------------------------------------- */

static int parse_view(struct str name, enum key_view *views, struct error *error)
{
	const char *names[VIEW_COUNT];
	*views = IN_ALL;
	if (name.len == 0)
		return 0;
	for (size_t i = 0; i < VIEW_COUNT; i++) {
		names[i] = VIEWS[i].name;
		*views = VIEWS[i].views;
		if (str_equal(name, str_of(VIEWS[i].name)))
			return 0;
	}
	ptrdiff_t near = nearest_name(name, names, VIEW_COUNT);
	return error_set(error, EX_USAGE, "[keys %.*s]: no such view: did you mean \"%s\"?",
		STR_ARG(str_slice(name, 0, 80)), names[near >= 0 ? near : 0]);
}

static int parse_keys(struct str text, struct sequence *sequence, struct error *error)
{
	struct str rest = text, piece;
	while (str_split(&rest, ' ', &piece)) {
		if (piece.len == 0)
			continue;
		if (sequence->key_count == SEQUENCE_KEYS)
			return error_set(error, EX_USAGE,
				"%.*s: more than %d keys in a sequence: write fewer",
				STR_ARG(str_slice(text, 0, 80)), SEQUENCE_KEYS);
		if (!key_of(piece, &sequence->keys[sequence->key_count++]))
			return error_set(error, EX_USAGE,
				"%.*s: no such key: write a character, or a name as Ctrl-X, Space, "
				"PgDn, F5; a blank between two keys",
				STR_ARG(str_slice(piece, 0, 80)));
	}
	return sequence->key_count > 0
		       ? 0
		       : error_set(error, EX_USAGE, "there is no key: write KEY = ACTION");
}

static int parse_actions(struct str text, struct sequence *sequence, struct error *error)
{
	struct str rest = text, piece;
	while (str_split(&rest, ',', &piece)) {
		piece = str_trim(piece);
		enum action action = action_of(piece);
		if (action == ACTION_COUNT) {
			enum action near = action_nearest(piece);
			if (near == ACTION_COUNT)
				return error_set(error, EX_USAGE,
					"%.*s: no such action: see KEYS in man khabar",
					STR_ARG(str_slice(piece, 0, 80)));
			return error_set(error, EX_USAGE,
				"%.*s: no such action: did you mean \"%s\"?",
				STR_ARG(str_slice(piece, 0, 80)), action_name(near));
		}
		if (sequence->action_count == SEQUENCE_ACTIONS)
			return error_set(error, EX_USAGE, "more than %d actions: write fewer",
				SEQUENCE_ACTIONS);
		sequence->actions[sequence->action_count++] = action;
	}
	for (int i = 0; i < sequence->action_count; i++) {
		if (sequence->actions[i] == ACTION_NONE && sequence->action_count > 1)
			return error_set(error, EX_USAGE, "none is no action: write it alone");
	}
	return 0;
}

static int parse(struct str view, struct str keys, struct str actions, struct sequence *sequence,
	struct error *error)
{
	*sequence = (struct sequence){0};
	return parse_view(view, &sequence->views, error) ||
			       parse_keys(keys, sequence, error) ||
			       parse_actions(actions, sequence, error)
		       ? -1
		       : 0;
}

int own_keys_check(struct str view, struct str keys, struct str actions, struct error *error)
{
	struct sequence sequence;
	return parse(view, keys, actions, &sequence, error);
}

/* ---- clashes ------------------------------------------------------------- */

/* One of the two begins with the other. */
static bool meet(const struct sequence *a, const struct sequence *b)
{
	int shorter = a->key_count < b->key_count ? a->key_count : b->key_count;
	return memcmp(a->keys, b->keys, (size_t)shorter * sizeof *a->keys) == 0;
}

static void write_keys(struct buffer *out, const struct sequence *sequence)
{
	for (int i = 0; i < sequence->key_count; i++) {
		if (i > 0)
			buffer_byte(out, ' ');
		key_name(out, sequence->keys[i]);
	}
}

/* Where both are for the same views, one would hide the other. */
static int check_clash(
	const struct own_keys *own, const struct sequence *sequence, struct error *error)
{
	size_t i = 0;
	while (i < own->own_count &&
		!(own->own[i].views == sequence->views && meet(&own->own[i], sequence)))
		i++;
	if (i == own->own_count)
		return 0;
	struct buffer here = {0}, there = {0};
	write_keys(&here, sequence);
	write_keys(&there, &own->own[i]);
	bool same = own->own[i].key_count == sequence->key_count;
	int result =
		here.failed || there.failed
			? error_no_memory(error)
		: same ? error_set(error, EX_USAGE, "%s: it is bound above: leave one of them out",
				 here.data)
		       : error_set(error, EX_USAGE,
				 "%s: it cannot be told from \"%s\" above, with which it begins or "
				 "which it begins: leave one of them out",
				 here.data, there.data);
	buffer_free(&here);
	buffer_free(&there);
	return result;
}

static int take(
	void *user, struct str view, struct str keys, struct str actions, struct error *error)
{
	struct own_keys *own = user;
	struct sequence sequence;
	if (parse(view, keys, actions, &sequence, error) || check_clash(own, &sequence, error))
		return -1;
	if (own->own_count == OWN_MOST)
		return error_set(error, EX_USAGE, "more than %d bindings: leave some out", OWN_MOST);
	if (!array_reserve(&own->own, &own->own_cap, own->own_count + 1, sizeof *own->own))
		return error_no_memory(error);
	own->own[own->own_count++] = sequence;
	return 0;
}

/* ---- one map of all ------------------------------------------------------ */

static bool add_binding(struct own_keys *own, uint32_t key, unsigned views, enum action action)
{
	if (!array_reserve(&own->bindings, &own->binding_cap, own->binding_count + 1,
		    sizeof *own->bindings))
		return false;
	own->bindings[own->binding_count++] =
		(struct binding){key, (enum key_view)views, action};
	return true;
}

/* The views that bindings for one view leave of one for all. */
static unsigned left_of(const struct own_keys *own, const struct sequence *later)
{
	unsigned views = later->views;
	for (size_t i = 0; i < own->own_count; i++) {
		if (own->own[i].views != IN_ALL && meet(&own->own[i], later))
			views &= ~(unsigned)own->own[i].views;
	}
	return views;
}

static bool add_own(struct own_keys *own, const struct sequence *sequence)
{
	unsigned views = sequence->views == IN_ALL ? left_of(own, sequence) : sequence->views;
	if (views == 0 || sequence->actions[0] == ACTION_NONE)
		return true;
	if (sequence->key_count == 1 && sequence->action_count == 1)
		return add_binding(own, sequence->keys[0], views, sequence->actions[0]);
	if (!array_reserve(&own->sequences, &own->sequence_cap, own->sequence_count + 1,
		    sizeof *own->sequences))
		return false;
	own->sequences[own->sequence_count] = *sequence;
	own->sequences[own->sequence_count++].views = (enum key_view)views;
	return true;
}

/* What is left of the preset's; `finding`: those for articles in which something was found. */
static bool add_preset(struct own_keys *own, const struct keymap *preset, bool finding)
{
	for (const struct binding *b = preset->bindings; b->action != ACTION_NONE; b++) {
		if ((b->views == IN_FINDING) != finding)
			continue;
		unsigned views = b->views;
		for (size_t i = 0; i < own->own_count; i++) {
			const struct sequence *s = &own->own[i];
			bool longer = s->key_count > 1;
			if (s->keys[0] == b->key && !(longer && s->actions[0] == ACTION_NONE))
				views &= ~(unsigned)own->own[i].views;
		}
		if (views != 0 && !add_binding(own, b->key, views, b->action))
			return false;
	}
	return true;
}

static bool build(struct own_keys *own, const struct keymap *preset)
{
	bool good = add_preset(own, preset, true);
	for (size_t i = 0; good && i < own->own_count; i++)
		good = add_own(own, &own->own[i]);
	good = good && add_preset(own, preset, false) && add_binding(own, 0, 0, ACTION_NONE);
	own->map = (struct keymap){.name = preset->name,
		.bindings = own->bindings,
		.sequences = own->sequences,
		.sequence_count = own->sequence_count};
	return good;
}

struct own_keys *own_keys_read(
	const struct keymap *preset, const char *path, struct error *error)
{
	struct own_keys *own = calloc(1, sizeof *own);
	if (!own) {
		error_no_memory(error);
		return NULL;
	}
	int result = config_bindings_read(path, take, own, error);
	if (result == 0 && !build(own, preset))
		result = error_no_memory(error);
	if (result == 0)
		return own;
	own_keys_free(own);
	return NULL;
}

void own_keys_free(struct own_keys *own)
{
	if (!own)
		return;
	free(own->own);
	free(own->bindings);
	free(own->sequences);
	free(own);
}

const struct keymap *own_keys_map(const struct own_keys *own)
{
	return &own->map;
}
