#include "fetch/words.h"

#include "base/message.h"
#include <stdbool.h>
#include <stdlib.h>

enum { WORDS_MOST = 128 };

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Copies one word to *to, which moves behind its NUL; false when a quotation mark is missing. */
static bool take_word(struct str *rest, char **to)
{
	char quote = '\0';
	for (; rest->len > 0 && (quote || !is_blank(*rest->ptr)); rest->ptr++, rest->len--) {
		char c = *rest->ptr;
		if (quote ? c == quote : c == '"' || c == '\'')
			quote = quote ? '\0' : c;
		else
			*(*to)++ = c;
	}
	*(*to)++ = '\0';
	return quote == '\0';
}

char **program_words(struct str command, struct error *error)
{
	char **words = calloc(1, (WORDS_MOST + 1) * sizeof *words + command.len + WORDS_MOST + 1);
	char *to = (char *)(words + WORDS_MOST + 1);
	size_t count = 0;
	if (!words) {
		error_no_memory(error);
		return NULL;
	}
	for (struct str rest = str_trim(command); rest.len > 0; rest = str_trim(rest)) {
		bool room = count < WORDS_MOST;
		if (room)
			words[count++] = to;
		if (!room || !take_word(&rest, &to)) {
			error_set(error, EX_CONFIG,
				room ? N_("command: a quotation mark is missing: put it in")
				     : N_("command: too many words: put them into a program of "
					  "their own"));
			free(words);
			return NULL;
		}
	}
	if (count > 0)
		return words;
	free(words);
	error_set(error, EX_CONFIG, "command: empty: give a program and its arguments");
	return NULL;
}
