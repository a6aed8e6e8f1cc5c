#include "base/message.h"

#include "base/buffer.h"
#include "base/catalogue.h"
#include "base/conversions.h"

#include <stdatomic.h>
#include <string.h>

/* ---- plural rules ----------------------------------------------------------- */

static size_t plural_of_arabic(unsigned long n)
{
	unsigned long rest = n % 100;
	return n < 3 ? n : rest >= 3 && rest <= 10 ? 3 : rest >= 11 ? 4 : 5;
}

static size_t plural_of_persian(unsigned long n)
{
	return n > 1;
}

static size_t plural_of_hebrew(unsigned long n)
{
	return n == 1 ? 0 : n == 2 ? 1 : 2;
}

static size_t plural_but_for_one(unsigned long n)
{
	return n != 1;
}

/* The languages; tests/po compares the rules with the catalogues' own. */
static const struct language {
	const char *code;
	size_t forms;
	size_t (*form)(unsigned long n);
} languages[] = {
	{"en", 2, plural_but_for_one},
	{"ar", 6, plural_of_arabic},
	{"fa", 2, plural_of_persian},
	{"he", 3, plural_of_hebrew},
	{"ur", 2, plural_but_for_one},
	{"ckb", 2, plural_but_for_one},
};

enum { LANGUAGES = sizeof languages / sizeof *languages };

static const struct language *language_of(const char *code)
{
	for (size_t i = 0; i < LANGUAGES; i++) {
		if (strcmp(languages[i].code, code) == 0)
			return &languages[i];
	}
	return NULL;
}

size_t message_plural_forms(const char *code)
{
	const struct language *language = language_of(code);
	return language ? language->forms : 0;
}

size_t message_plural_form(const char *code, unsigned long count)
{
	const struct language *language = language_of(code);
	return language ? language->form(count) : 0;
}

/* ---- the language in use ------------------------------------------------------ */

/* A language whose catalogue is open; NULL: English. */
struct speech {
	const struct language *language;
	struct catalogue *catalogue;
};

/* What was opened stays: others may hold texts of it.  Only message_use() touches it. */
static struct speech opened[LANGUAGES];
static _Atomic(const struct speech *) speech;

static struct catalogue *open_of(const char *language, const char *folder, struct error *error)
{
	struct buffer path = {0};
	buffer_printf(&path, "%s/%s/LC_MESSAGES/khabar.mo", folder, language);
	struct catalogue *catalogue = NULL;
	if (path.failed)
		error_no_memory(error);
	else
		catalogue = catalogue_open(path.data, error);
	buffer_free(&path);
	return catalogue;
}

int message_use(const char *code, const char *folder, struct error *error)
{
	const struct language *language = language_of(code);
	if (!language)
		return error_set(error, EX_USAGE, "%.80s: khabar does not speak it", code);
	if (language == languages) {
		atomic_store(&speech, NULL);
		return 0;
	}
	struct speech *own = &opened[language - languages];
	if (!own->catalogue)
		own->catalogue = open_of(code, folder, error);
	if (!own->catalogue)
		return -1;
	own->language = language;
	atomic_store(&speech, own);
	return 0;
}

const char *message_language(void)
{
	const struct speech *now = atomic_load(&speech);
	return now ? now->language->code : languages->code;
}

const struct catalogue *message_catalogue(void)
{
	const struct speech *now = atomic_load(&speech);
	return now ? now->catalogue : NULL;
}

const char *message_of(const char *text)
{
	const struct speech *now = atomic_load(&speech);
	const char *found = now && *text ? catalogue_find(now->catalogue, text, 0) : NULL;
	return found && conversions_agree(text, found, false) ? found : text;
}

const char *message_plural(const char *one, const char *many, unsigned long count)
{
	const struct speech *now = atomic_load(&speech);
	if (now) {
		const char *found = catalogue_find(now->catalogue, one, now->language->form(count));
		if (found && conversions_agree(many, found, true))
			return found;
	}
	return count == 1 ? one : many;
}
