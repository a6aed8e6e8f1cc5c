/* --justify, --marks and --numerals: what the commands that lay text out have in common. */
#ifndef KHABAR_COMMAND_TYPOGRAPHY_H
#define KHABAR_COMMAND_TYPOGRAPHY_H

#include "base/message.h"
#include "command/options.h"
#include "text/paragraph.h"

#include <stddef.h>

struct typography {
	bool justify;
	int marks;    /* enum text_marks */
	int numerals; /* enum text_numerals */
};

/* Lines of an option table whose values are a struct with a member `typography`. */
#define TYPOGRAPHY_OPTIONS(values)                                                                 \
	{"justify", 0, OPTION_SWITCH, NULL, offsetof(values, typography.justify),                  \
		.help = N_("fill lines to the width, Arabic by kashida")},                         \
		{"marks", 0, OPTION_WORD, NULL, offsetof(values, typography.marks),                \
			.words = text_marks_names,                                                 \
			.help = N_("harakat, niqqud; sparing: one or two a word")},                \
	{                                                                                          \
		"numerals", 0, OPTION_WORD, NULL, offsetof(values, typography.numerals),           \
			.words = text_numerals_names, .help = N_("how digits are drawn")           \
	}

#endif
