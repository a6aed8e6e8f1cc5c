#include "base/catalogue.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* The header: numbers of 32 bits, by their places. */
enum header {
	HEADER_MAGIC = 0,
	HEADER_REVISION = 4, /* major in the upper half: 0 or 1 */
	HEADER_COUNT = 8,
	HEADER_TEXTS = 12, /* where the table of texts is: length, place of each; sorted */
	HEADER_TRANSLATIONS = 16,
	HEADER_BYTES = 28,
};

enum { ENTRY_BYTES = 8, REVISION_LAST = 1 };

static const uint32_t magic = 0x950412de;

struct catalogue {
	const char *bytes;
	size_t size;
	bool swapped;
	size_t count;
	size_t texts, translations; /* places of the tables */
};

/* Within the file: the caller has made sure. */
static uint32_t number_at(const struct catalogue *c, size_t place)
{
	uint32_t number;
	memcpy(&number, c->bytes + place, sizeof number);
	return c->swapped ? __builtin_bswap32(number) : number;
}

static const char *entry(const struct catalogue *c, size_t table, size_t index, size_t *length)
{
	size_t place = table + index * ENTRY_BYTES;
	*length = number_at(c, place);
	return c->bytes + number_at(c, place + 4);
}

/* A table of `count` entries at a place, each a string of the file that ends with a NUL. */
static bool is_table(const struct catalogue *c, size_t table)
{
	if (table > c->size || c->count > (c->size - table) / ENTRY_BYTES)
		return false;
	size_t room = c->size; /* for all of them: none lies within another */
	for (size_t i = 0; i < c->count; i++) {
		size_t length = number_at(c, table + i * ENTRY_BYTES);
		size_t place = number_at(c, table + i * ENTRY_BYTES + 4);
		if (place >= c->size || length >= c->size - place || length >= room ||
			c->bytes[place + length] != '\0')
			return false;
		room -= length + 1;
	}
	return true;
}

static bool is_sorted(const struct catalogue *c)
{
	size_t length;
	for (size_t i = 1; i < c->count; i++) {
		if (strcmp(entry(c, c->texts, i - 1, &length), entry(c, c->texts, i, &length)) >= 0)
			return false;
	}
	return true;
}

static bool is_catalogue(struct catalogue *c)
{
	if (c->size < HEADER_BYTES)
		return false;
	c->swapped = number_at(c, HEADER_MAGIC) == __builtin_bswap32(magic);
	if (number_at(c, HEADER_MAGIC) != magic ||
		number_at(c, HEADER_REVISION) >> 16 > REVISION_LAST)
		return false;
	c->count = number_at(c, HEADER_COUNT);
	c->texts = number_at(c, HEADER_TEXTS);
	c->translations = number_at(c, HEADER_TRANSLATIONS);
	if (!is_table(c, c->texts) || !is_table(c, c->translations) || !is_sorted(c))
		return false;
	const char *header = catalogue_find(c, "", 0);
	return header && strstr(header, "charset=UTF-8");
}

/* The file in memory, of *size bytes. */
static const char *map(const char *path, size_t *size, struct error *error)
{
	struct stat info;
	void *bytes = MAP_FAILED;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 || fstat(fd, &info)) {
		error_set(error, EX_NOINPUT, "%.300s: %s: install khabar again", path,
			strerror(errno));
	} else if (!S_ISREG(info.st_mode) || info.st_size < HEADER_BYTES ||
		   info.st_size > CATALOGUE_LARGEST) {
		error_set(error, EX_DATAERR,
			"%.300s: no catalogue of messages: install khabar again", path);
	} else {
		*size = (size_t)info.st_size;
		bytes = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (bytes == MAP_FAILED)
			error_set(error, EX_OSERR, "%.300s: %s: close other programs and try again",
				path, strerror(errno));
	}
	if (fd >= 0)
		close(fd);
	return bytes == MAP_FAILED ? NULL : bytes;
}

struct catalogue *catalogue_open(const char *path, struct error *error)
{
	struct catalogue *c = calloc(1, sizeof *c);
	if (!c) {
		error_no_memory(error);
		return NULL;
	}
	c->bytes = map(path, &c->size, error);
	if (c->bytes && is_catalogue(c))
		return c;
	if (c->bytes)
		error_set(error, EX_DATAERR, "%.300s: a damaged catalogue: install khabar again",
			path);
	catalogue_free(c);
	return NULL;
}

void catalogue_free(struct catalogue *catalogue)
{
	if (catalogue && catalogue->bytes)
		munmap((void *)(uintptr_t)catalogue->bytes, catalogue->size);
	free(catalogue);
}

/* Form number `form` of a translation; NULL when it has fewer, or the form is empty. */
static const char *form_of(const char *translation, size_t length, size_t form)
{
	const char *end = translation + length;
	for (; form > 0 && translation <= end; form--)
		translation += strlen(translation) + 1;
	return translation < end && *translation ? translation : NULL;
}

const char *catalogue_find(const struct catalogue *c, const char *text, size_t form)
{
	size_t low = 0, high = c->count, length;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(text, entry(c, c->texts, middle, &length));
		if (order == 0) {
			const char *found = entry(c, c->translations, middle, &length);
			return form_of(found, length, form);
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

size_t catalogue_count(const struct catalogue *c)
{
	return c->count;
}

const char *catalogue_text(const struct catalogue *c, size_t index, const char **translation)
{
	size_t length;
	*translation = entry(c, c->translations, index, &length);
	return entry(c, c->texts, index, &length);
}
