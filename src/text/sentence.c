#include "text/sentence.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

/* Boundaries are the same in all languages that the data has no exceptions for. */
static UBreakIterator *open_iterator(UText *utext)
{
	UErrorCode status = U_ZERO_ERROR;
	UBreakIterator *iterator = ubrk_open(UBRK_SENTENCE, "", NULL, 0, &status);
	if (U_SUCCESS(status))
		ubrk_setUText(iterator, utext, &status);
	if (U_SUCCESS(status))
		return iterator;
	if (iterator)
		ubrk_close(iterator);
	return NULL;
}

void text_sentence(struct str text, size_t at, size_t *start, size_t *end)
{
	UErrorCode status = U_ZERO_ERROR;
	*start = 0;
	*end = text.len;
	if (text.len == 0 || text.len > INT32_MAX)
		return;
	UText *utext = utext_openUTF8(NULL, text.ptr, (int64_t)text.len, &status);
	UBreakIterator *iterator = U_SUCCESS(status) ? open_iterator(utext) : NULL;
	if (iterator) {
		int32_t last = (int32_t)text.len;
		int32_t offset = at < text.len ? (int32_t)at : last - 1;
		int32_t next = ubrk_following(iterator, offset);
		int32_t before = ubrk_previous(iterator);
		*end = next == UBRK_DONE ? text.len : (size_t)next;
		*start = before == UBRK_DONE ? 0 : (size_t)before;
		ubrk_close(iterator);
	}
	if (utext)
		utext_close(utext);
}
