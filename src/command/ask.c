#include "command/ask.h"

#include "base/io.h"
#include "base/str.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { ANSWER_LONGEST = 63 /* bytes */ };

bool ask_possible(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

/* The answer, without blanks around it; what is longer is cut. */
static struct str ask(const char *question, char answer[static ANSWER_LONGEST + 1])
{
	size_t len = 0;
	char c;
	ssize_t n;
	if (io_write_all(STDERR_FILENO, str_of(question)))
		return STR("");
	while ((n = read(STDIN_FILENO, &c, 1)) == 1 || (n < 0 && errno == EINTR)) {
		if (n == 1 && c == '\n')
			break;
		if (n == 1 && len < ANSWER_LONGEST)
			answer[len++] = c;
	}
	answer[len] = '\0';
	return str_trim(str_of(answer));
}

bool ask_yes(const char *question)
{
	char answer[ANSWER_LONGEST + 1];
	struct str said = ask(question, answer);
	return str_equal_nocase(said, STR("y")) || str_equal_nocase(said, STR("yes"));
}

long ask_number(const char *question, long most)
{
	char answer[ANSWER_LONGEST + 1], *end;
	struct str said = ask(question, answer);
	long number = said.len > 0 ? strtol(said.ptr, &end, 10) : 0;
	if (said.len == 0 || end != said.ptr + said.len)
		return 0;
	return number >= 1 && number <= most ? number : 0;
}
