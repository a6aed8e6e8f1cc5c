#include "config/terminals.h"

#include "base/buffer.h"
#include "base/inifile.h"
#include "base/replace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum field { TERM, DA2, VERSION, MUX, MODE, FIELDS };

static const char *const field_names[FIELDS] = {"term", "da2", "version", "mux", "mode"};

struct entry {
	char text[FIELDS][TERMINALS_TEXT_MOST];
};

struct entries {
	struct entry list[TERMINALS_MOST];
	size_t count;
};

static void set(struct entry *entry, enum field field, const char *value)
{
	snprintf(entry->text[field], sizeof entry->text[field], "%s", value);
}

static void forget(struct entries *entries, size_t index)
{
	entries->count--;
	memmove(entries->list + index, entries->list + index + 1,
		(entries->count - index) * sizeof *entries->list);
}

static struct entry *add(struct entries *entries)
{
	if (entries->count == TERMINALS_MOST)
		forget(entries, 0);
	struct entry *entry = &entries->list[entries->count++];
	*entry = (struct entry){0};
	return entry;
}

/* A terminal starts with its TERM; options of later versions are passed over. */
static int take(
	void *user, const char *section, const char *name, const char *value, struct error *error)
{
	struct entries *entries = user;
	(void)error;
	if (strcmp(section, "terminal") != 0)
		return 0;
	if (strcmp(name, field_names[TERM]) == 0)
		add(entries);
	for (size_t i = 0; i < FIELDS && entries->count > 0; i++) {
		if (strcmp(name, field_names[i]) == 0)
			set(&entries->list[entries->count - 1], (enum field)i, value);
	}
	return 0;
}

static struct entry entry_of(const struct terminals_key *key)
{
	struct entry entry = {0};
	set(&entry, TERM, key->term);
	set(&entry, DA2, key->da2);
	set(&entry, VERSION, key->version);
	set(&entry, MUX, key->mux);
	return entry;
}

/* The index, or count when there is none. */
static size_t find(const struct entries *entries, const struct entry *wanted)
{
	size_t i = 0;
	for (; i < entries->count; i++) {
		if (memcmp(entries->list[i].text, wanted->text, MODE * sizeof *wanted->text) == 0)
			break;
	}
	return i;
}

bool terminals_recall(
	const char *path, const struct terminals_key *key, char mode[TERMINALS_TEXT_MOST])
{
	struct entries *entries = calloc(1, sizeof *entries);
	if (!entries)
		return false;
	struct entry wanted = entry_of(key);
	inifile_read(path, take, entries, NULL);
	size_t i = find(entries, &wanted);
	bool known = i < entries->count && entries->list[i].text[MODE][0];
	if (known)
		memcpy(mode, entries->list[i].text[MODE], TERMINALS_TEXT_MOST);
	free(entries);
	return known;
}

/* ---- writing ---- */

static int save(const char *path, const struct entries *entries, struct error *error)
{
	struct buffer out = {0};
	buffer_str(&out, STR("# khabar: what was chosen for each terminal (khabar terminal)\n"));
	for (size_t i = 0; i < entries->count; i++) {
		buffer_str(&out, STR("\n[terminal]\n"));
		for (size_t field = 0; field < FIELDS; field++)
			buffer_printf(&out, "%s = %s\n", field_names[field],
				entries->list[i].text[field]);
	}
	int result = out.failed ? error_no_memory(error)
				: replace_file(path, buffer_view(&out), error);
	buffer_free(&out);
	return result;
}

int terminals_remember(
	const char *path, const struct terminals_key *key, const char *mode, struct error *error)
{
	struct entries *entries = calloc(1, sizeof *entries);
	if (!entries)
		return error_no_memory(error);
	struct entry entry = entry_of(key);
	inifile_read(path, take, entries, NULL);
	size_t i = find(entries, &entry);
	if (i < entries->count)
		forget(entries, i);
	set(&entry, MODE, mode);
	*add(entries) = entry;
	int result = save(path, entries, error);
	free(entries);
	return result;
}
