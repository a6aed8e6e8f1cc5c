/* feed/date.h: any bytes are a date in its bounds, or none; what is written reads back. */
#include "fuzz.h"

#include "feed/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, size};
	int64_t when, again;
	if (!feed_date_parse(fuzz_rest(&input), &when))
		return 0;
	/* A day more on both sides for the zones. */
	CHECK(when >= INT64_C(-2208988800) - 172800 && when <= INT64_C(7258118400) + 172800);
	struct buffer text = {0};
	feed_date_write(when, &text);
	CHECK(text.len == 20);
	if (when >= INT64_C(-2208988800) && when < INT64_C(7258118400))
		CHECK(feed_date_parse(buffer_view(&text), &again) && again == when);
	buffer_free(&text);
	return 0;
}
