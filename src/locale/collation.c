#include "locale/collation.h"

#include "locale/habit.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

enum {
	KEY_UNITS = 512,  /* of UTF-16, from which a key is made */
	KEY_ROOM = 2048,  /* bytes, tried first */
	KEY_MOST = 65536, /* bytes */
	UTF8_MOST = 3,    /* bytes for a unit */
};

/* The letters that other alphabets have elsewhere; the script of the reader before others. */
static const UChar sorani[] = u"[reorder Arab]&[before 1]\u0627<\u0626&\u0631<\u0695&\u0641<\u06A4"
			      u"&\u0644<\u06B5&\u0647<\u06D5&\u0648<\u06C6&\u06CC<\u06CE";

struct collation {
	UCollator *icu;
};

static UCollator *open_collator(const char *locale, UErrorCode *status)
{
	UParseError where;
	if (!habit_fits(locale, "ckb"))
		return ucol_open(locale, status);
	return ucol_openRules(sorani, -1, UCOL_DEFAULT, UCOL_DEFAULT_STRENGTH, &where, status);
}

struct collation *collation_new(const char *locale)
{
	UErrorCode status = U_ZERO_ERROR;
	struct collation *collation = calloc(1, sizeof *collation);
	if (!collation)
		return NULL;
	collation->icu = open_collator(locale, &status);
	if (collation->icu && U_SUCCESS(status))
		ucol_setAttribute(collation->icu, UCOL_NUMERIC_COLLATION, UCOL_ON, &status);
	if (collation->icu && U_SUCCESS(status))
		return collation;
	collation_free(collation);
	return NULL;
}

void collation_free(struct collation *collation)
{
	if (!collation)
		return;
	ucol_close(collation->icu);
	free(collation);
}

static int compare_bytes(struct str a, struct str b)
{
	size_t least = a.len < b.len ? a.len : b.len;
	int order = least > 0 ? memcmp(a.ptr, b.ptr, least) : 0;
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_ascii(struct str a, struct str b)
{
	size_t least = a.len < b.len ? a.len : b.len;
	int order = least > 0 ? strncasecmp(a.ptr, b.ptr, least) : 0;
	if (order == 0)
		order = (a.len > b.len) - (a.len < b.len);
	return order ? order : compare_bytes(a, b);
}

int collation_compare(const struct collation *collation, struct str a, struct str b)
{
	UErrorCode status = U_ZERO_ERROR;
	if (!collation || a.len > INT32_MAX || b.len > INT32_MAX)
		return compare_ascii(a, b);
	UCollationResult order = ucol_strcollUTF8(collation->icu, a.len ? a.ptr : "",
		(int32_t)a.len, b.len ? b.ptr : "", (int32_t)b.len, &status);
	if (U_FAILURE(status))
		return compare_ascii(a, b);
	return order != UCOL_EQUAL ? (int)order : compare_bytes(a, b);
}

bool collation_key(const struct collation *collation, struct str text, struct buffer *key)
{
	UChar units[KEY_UNITS];
	int32_t length = 0, size = 0;
	UErrorCode status = U_ZERO_ERROR;
	text = str_slice(text, 0, (size_t)KEY_UNITS * UTF8_MOST);
	u_strFromUTF8WithSub(units, KEY_UNITS, &length, text.len ? text.ptr : "", (int32_t)text.len,
		0xFFFD, NULL, &status);
	if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR)
		return false;
	if (length > KEY_UNITS)
		length = KEY_UNITS;
	for (int32_t room = KEY_ROOM; room <= KEY_MOST; room = size) {
		if (!buffer_reserve(key, (size_t)room))
			return false;
		size = ucol_getSortKey(
			collation->icu, units, length, (uint8_t *)key->data + key->len, room);
		if (size <= 0)
			return false;
		if (size <= room) {
			key->len += (size_t)size - 1; /* without the NUL at its end */
			key->data[key->len] = '\0';
			return true;
		}
	}
	return false;
}
