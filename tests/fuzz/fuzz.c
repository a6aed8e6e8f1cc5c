#include "fuzz.h"

#include "base/array.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

void fuzz_failed(const char *file, int line, const char *condition)
{
	fprintf(stderr, "%s:%d: broken promise: %s\n", file, line, condition);
	abort();
}

uint8_t fuzz_byte(struct fuzz_input *input)
{
	if (input->size == 0)
		return '0';
	input->size--;
	return *input->data++;
}

size_t fuzz_place(struct fuzz_input *input, size_t length)
{
	size_t part = (size_t)(fuzz_byte(input) - '0') & 0x7F;
	return part * length / 0x7F;
}

struct str fuzz_rest(const struct fuzz_input *input)
{
	return (struct str){(const char *)input->data, input->size};
}

void fuzz_decode(struct str text, struct fuzz_codes *codes)
{
	codes->items = malloc((text.len + 1) * sizeof *codes->items);
	codes->offsets = malloc((text.len + 1) * sizeof *codes->offsets);
	codes->count = 0;
	CHECK(codes->items && codes->offsets);
	for (size_t i = 0; i < text.len;) {
		codes->offsets[codes->count] = i;
		i += utf8_decode(text.ptr + i, text.len - i, &codes->items[codes->count++]);
	}
	codes->offsets[codes->count] = text.len;
}

void fuzz_codes_free(struct fuzz_codes *codes)
{
	free(codes->items);
	free(codes->offsets);
}

size_t fuzz_index(const struct fuzz_codes *codes, size_t offset)
{
	size_t low = 0, high = codes->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (codes->offsets[middle] < offset)
			low = middle + 1;
		else
			high = middle;
	}
	CHECK(codes->offsets[low] == offset);
	return low;
}

static void bag_put(struct fuzz_bag *bag, uint32_t code_point)
{
	CHECK(array_reserve(&bag->items, &bag->cap, bag->count + 1, sizeof *bag->items));
	bag->items[bag->count++] = code_point;
}

void fuzz_bag_add(struct fuzz_bag *bag, uint32_t code_point)
{
	UChar parts[32];
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *normalizer = unorm2_getNFKDInstance(&status);
	int32_t length = unorm2_getDecomposition(
			normalizer, (UChar32)code_point, parts, 32, &status);
	CHECK(U_SUCCESS(status));
	if (length < 0)
		bag_put(bag, code_point);
	for (int32_t i = 0; i < length;) {
		UChar32 part;
		U16_NEXT_UNSAFE(parts, i, part);
		bag_put(bag, (uint32_t)part);
	}
}

static int by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static void bag_sort(struct fuzz_bag *bag)
{
	if (bag->count > 1)
		qsort(bag->items, bag->count, sizeof *bag->items, by_value);
}

bool fuzz_bag_equal(struct fuzz_bag *a, struct fuzz_bag *b)
{
	bag_sort(a);
	bag_sort(b);
	return a->count == b->count &&
	       (a->count == 0 || memcmp(a->items, b->items, a->count * sizeof *a->items) == 0);
}

void fuzz_bag_free(struct fuzz_bag *bag)
{
	free(bag->items);
	*bag = (struct fuzz_bag){0};
}

bool fuzz_is_clean(struct str text)
{
	if (!utf8_valid(text))
		return false;
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		if ((cp < 0x20 && cp != '\n' && cp != '\t') || (cp >= 0x7F && cp < 0xA0))
			return false;
	}
	return true;
}
