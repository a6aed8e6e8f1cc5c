#include "worker/verdict.h"

#include "base/buffer.h"
#include "base/retell.h"
#include "base/utf8.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

static int needed_memory(const struct worker_options *options, struct error *error)
{
	return error_set(error, EX_DATAERR,
		"the parser needed more than %zu MiB of memory for this document: it was stopped",
		options->memory >> 20);
}

static int took_long(struct error *error, int ms)
{
	return error_set(error, EX_DATAERR,
		"the parser took more than %g s for this document: it was stopped", ms / 1000.0);
}

/* A parser that looks at no result of malloc() crashes when memory is over. */
static bool near_limit(const struct worker_options *options, const struct wire_report *report)
{
	return report->memory >= options->memory / 8 * 7;
}

static int of_signal(const struct worker_options *options, const struct wire_report *report,
	int number, struct error *error)
{
	int cpu_ms = options->cpu_seconds * 1000;
	if (number == SIGSYS)
		return error_set(error, EX_DATAERR,
			"this document made the parser try what the sandbox forbids: "
			"it was stopped: do not trust where it comes from");
	if (number == SIGXCPU || (number == SIGKILL && report->cpu_ms >= (uint64_t)cpu_ms))
		return error_set(error, EX_DATAERR,
			"the parser took more than %g s of the processor's time for this document: "
			"it was stopped",
			cpu_ms / 1000.0);
	if (number == SIGKILL || number == SIGTERM || number == SIGINT)
		return error_set(error, EX_OSERR,
			"the parser was killed from outside: somebody did, or the system was short "
			"of memory: try again");
	if (near_limit(options, report))
		return needed_memory(options, error);
	return error_set(error, EX_DATAERR, "the parser crashed on this document: %s: report it",
		strsignal(number));
}

int verdict_of_death(const struct worker_options *options, enum charge charge,
	const struct wire_report *report, struct error *error)
{
	if (report->failed)
		return error_set(error, EX_OSERR, "cannot start a parser: %s: end other programs",
			strerror(report->failed));
	if (charge == CHARGE_SLOW)
		return took_long(error, options->wall_ms);
	if (charge == CHARGE_BROKEN)
		return error_set(error, EX_DATAERR,
			"the parser gave no proper answer to this "
			"document: it may have been taken over: do not trust where it comes from");
	if (charge == CHARGE_LOST)
		return error_set(
			error, EX_OSERR, "the process that keeps the parsers is gone: start again");
	if (WIFSIGNALED(report->status))
		return of_signal(options, report, WTERMSIG(report->status), error);
	return error_set(error, EX_DATAERR,
		"the parser ended without an answer to this document: report it");
}

/* Parsers speak English, for files are closed to them. */
static int say_again(struct str english, int status, struct error *error)
{
	struct buffer told = {0};
	retell(&told, english);
	int result = told.failed ? error_no_memory(error)
				 : error_set(error, status, "%s", told.data ? told.data : "");
	buffer_free(&told);
	return result;
}

int verdict_of_answer(
	const struct worker_options *options, const struct answer *answer, struct error *error)
{
	struct str payload = buffer_view(&answer->payload);
	struct wire_report none = {.slot = 0};
	switch (answer->head.kind) {
	case WIRE_ANSWER:
		return utf8_valid(payload) ? 0
					   : verdict_of_death(options, CHARGE_BROKEN, &none, error);
	case WIRE_NO_MEMORY:
		return needed_memory(options, error);
	case WIRE_ERROR:
		if (answer->head.status < EX__BASE || answer->head.status > EX__MAX ||
			payload.len >= sizeof error->message)
			break;
		return say_again(payload, (int)answer->head.status, error);
	}
	return verdict_of_death(options, CHARGE_BROKEN, &none, error);
}
