#include "asking.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct terminal *asking_start(struct home *home, const char *term, const char *answer, bool slowly)
{
	char variable[64];
	snprintf(variable, sizeof variable, "TERM=%s", term);
	const char *environment[] = {variable, NULL};
	return terminal_start_scripted(
		home, 24, 80, NULL, environment, answer ? FENCE : NULL, answer, slowly);
}

int asking_count(struct terminal *t, const char *what, size_t from)
{
	struct str log = terminal_log(t);
	int n = 0;
	ptrdiff_t at;
	log = str_slice(log, from, log.len);
	while ((at = str_find(log, str_of(what))) >= 0) {
		log = str_slice(log, (size_t)at + 1, log.len);
		n++;
	}
	return n;
}

/* The question itself holds one LRM. */
const char *asking_mode(struct terminal *t)
{
	if (asking_count(t, BLANK, 0) > 0)
		return "words-blank";
	return asking_count(t, LRM, 0) > 1 ? "words" : "other";
}

void asking_quit(struct terminal *t)
{
	terminal_type(t, "Q");
	assert_int_equal(terminal_wait(t), 0);
	assert_false(terminal_alternate(t));
	assert_true(terminal_tty_is_sane(t));
}
