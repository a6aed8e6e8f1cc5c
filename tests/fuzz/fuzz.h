/*
 * What the fuzz targets share.  A target is LLVMFuzzerTestOneInput(): it turns any bytes
 * into arguments, calls the code under test and aborts where a promise of its header is
 * broken.  libFuzzer drives it in `make fuzz`, replay.c with the corpus in `make check`.
 */
#ifndef KHABAR_TESTS_FUZZ_H
#define KHABAR_TESTS_FUZZ_H

#include "base/buffer.h"
#include "base/str.h"

#include <stdint.h>

/* As assert(), but never compiled out. */
#define CHECK(condition) \
	((condition) ? (void)0 : fuzz_failed(__FILE__, __LINE__, #condition))

_Noreturn void fuzz_failed(const char *file, int line, const char *condition);

/* 0; bytes are borrowed. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes that are left of the input. */
struct fuzz_input {
	const uint8_t *data;
	size_t size;
};

/* Takes the next byte; '0' when none is left.  Corpus files can so be written as text. */
uint8_t fuzz_byte(struct fuzz_input *input);

/* Takes a byte as a place in 0..length: '0' is 0, 'o' the middle, '/' the end. */
size_t fuzz_place(struct fuzz_input *input, size_t length);

/* What is left, as text. */
struct str fuzz_rest(const struct fuzz_input *input);

/* Code points of UTF-8 text, broken sequences as U+FFFD. */
struct fuzz_codes {
	uint32_t *items;
	size_t *offsets; /* byte where each starts; [count] is the length */
	size_t count;
};

void fuzz_decode(struct str text, struct fuzz_codes *codes);
void fuzz_codes_free(struct fuzz_codes *codes);

/* Index of the code point at a byte, which must be its first, or the end. */
size_t fuzz_index(const struct fuzz_codes *codes, size_t offset);

/* A bag of code points, decomposed (NFKD): what is left when composing and shaping are undone. */
struct fuzz_bag {
	uint32_t *items;
	size_t count, cap;
};

void fuzz_bag_add(struct fuzz_bag *bag, uint32_t code_point);
bool fuzz_bag_equal(struct fuzz_bag *a, struct fuzz_bag *b);
void fuzz_bag_free(struct fuzz_bag *bag);

/* UTF-8 without C0 (but "\n" and "\t"), DEL and C1. */
bool fuzz_is_clean(struct str text);

#endif
