/* khabar import --starter: feeds to begin with, of the list that comes with khabar. */
#include "command/import.h"

#include "base/message.h"
#include "config/paths.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uloc.h>

enum { NAME_MOST = 64 };

/* Its code, its name as the folder has it, or in English. */
static bool is_language(const struct subscription *s, struct str name)
{
	UChar wide[NAME_MOST];
	char english[NAME_MOST];
	UErrorCode code = U_ZERO_ERROR;
	int32_t length = uloc_getDisplayLanguage(s->language, "en", wide, NAME_MOST, &code);
	bool known = U_SUCCESS(code) && length < NAME_MOST;
	for (int32_t i = 0; known && i < length; i++) {
		known = wide[i] < 0x80;
		english[i] = (char)wide[i];
	}
	return str_equal_nocase(name, str_of(s->language)) ||
	       str_equal_nocase(name, str_of(s->folder)) ||
	       (known && str_equal_nocase(name, (struct str){english, (size_t)length}));
}

/* The codes that the list has, "ar, fa, ...". */
static void add_languages(const struct subscription_list *list, struct buffer *out)
{
	struct str last = STR("");
	for (size_t i = 0; i < list->count; i++) {
		struct str language = str_of(list->items[i].language);
		if (str_equal(language, last))
			continue;
		if (out->len > 0)
			buffer_str(out, STR(", "));
		buffer_str(out, language);
		last = language;
	}
}

static int check_name(const struct subscription_list *list, const char *name, struct error *error)
{
	struct buffer languages = {0};
	for (size_t i = 0; i < list->count; i++) {
		if (is_language(&list->items[i], str_of(name)))
			return 0;
	}
	add_languages(list, &languages);
	error_set(error, EX_USAGE,
		"import --starter %.80s: there are no feeds in it: give one of %s", name,
		languages.data && !languages.failed ? languages.data : _("its languages"));
	buffer_free(&languages);
	return -1;
}

/* Takes out what is in none of the languages. */
static void choose(struct subscription_list *list, char *const *names, size_t count)
{
	size_t kept = 0;
	for (size_t i = 0; i < list->count; i++) {
		struct subscription s = list->items[i];
		bool meant = count == 0;
		for (size_t n = 0; !meant && n < count; n++)
			meant = is_language(&s, str_of(names[n]));
		if (!meant)
			continue;
		list->items[i] = list->items[kept];
		list->items[kept++] = s;
	}
	for (size_t i = kept; i < list->count; i++)
		subscription_clear(&list->items[i]);
	list->count = kept;
}

int import_starter(struct import *import, struct error *error)
{
	const struct command_call *call = import->call;
	struct subscription_list list = {0};
	char *path = paths_data("samples/starter.opml", error);
	int result = path ? import_read_opml(path, &list, error) : -1;
	for (size_t i = 0; result == 0 && i < call->operand_count; i++)
		result = check_name(&list, call->operands[i], error);
	if (result == 0) {
		choose(&list, call->operands, call->operand_count);
		import->file = import->label = "samples/starter.opml";
		result = import_subscriptions(import, &list, error);
	}
	subscription_list_free(&list);
	free(path);
	return result;
}
