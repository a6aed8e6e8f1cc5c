#include "worker/preload.h"

#include <jansson.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unicode/ubrk.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/udata.h>
#include <unicode/unorm2.h>

/* A converter that was open once stays in ICU's cache. */
static void load_converters(void)
{
	int32_t count = ucnv_countAvailable();
	for (int32_t i = 0; i < count; i++) {
		UErrorCode status = U_ZERO_ERROR;
		UConverter *converter = ucnv_open(ucnv_getAvailableName(i), &status);
		if (converter)
			ucnv_close(converter);
	}
}

static void load_detector(void)
{
	UErrorCode status = U_ZERO_ERROR;
	UCharsetDetector *detector = ucsdet_open(&status);
	ucsdet_setText(detector, "\xe3\xe4 \xc7\xe1", 5, &status);
	ucsdet_detect(detector, &status);
	ucsdet_close(detector);
}

static void load_text_tables(void)
{
	UErrorCode status = U_ZERO_ERROR;
	unorm2_getNFCInstance(&status);
	unorm2_getNFDInstance(&status);
	unorm2_getNFKCInstance(&status);
	unorm2_getNFKDInstance(&status);
	unorm2_getNFKCCasefoldInstance(&status);
	static const UBreakIteratorType kinds[] = {
		UBRK_CHARACTER, UBRK_WORD, UBRK_LINE, UBRK_SENTENCE};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		UErrorCode opened = U_ZERO_ERROR;
		UBreakIterator *iterator = ubrk_open(kinds[i], "", NULL, 0, &opened);
		if (iterator)
			ubrk_close(iterator);
	}
}

static int by_byte(const void *a, const void *b)
{
	return memcmp(a, b, 1);
}

/*
 * qsort() asks how much memory there is when it first sorts more than a kibibyte;
 * getrandom(), how many processors, when it first works without a system call.
 * Catalogues of messages would be opened by the first message: there are none in "C".
 */
static void load_c_library(void)
{
	char bytes[4096] = {0};
	setlocale(LC_ALL, "C");
	setlocale(LC_CTYPE, "C.UTF-8");
	if (getrandom(bytes, 16, GRND_NONBLOCK) < 0)
		memset(bytes, 0, 16);
	qsort(bytes, sizeof bytes / 64, 64, by_byte);
	setenv("TZ", "UTC0", 1);
	tzset();
	time_t now = time(NULL);
	struct tm tm;
	char text[64];
	if (gmtime_r(&now, &tm))
		strftime(text, sizeof text, "%c %Z", &tm);
	localtime_r(&now, &tm);
}

static void run_samples(const struct worker_task *tasks)
{
	for (const struct worker_task *task = tasks; task->name; task++) {
		struct buffer out = {0};
		struct worker_request request = {.task = task->name, .bytes = str_of(task->sample)};
		if (task->sample)
			task->run(&request, &out, NULL);
		buffer_free(&out);
	}
}

void preload(const struct worker_task *tasks)
{
	load_c_library();
	load_converters();
	load_detector();
	load_text_tables();
	json_object_seed(0);
	run_samples(tasks);
	UErrorCode status = U_ZERO_ERROR;
	udata_setFileAccess(UDATA_NO_FILES, &status);
}
