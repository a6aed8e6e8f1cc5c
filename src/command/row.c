#include "command/row.h"

#include "command/columns.h"
#include "command/item.h"
#include "command/output.h"
#include "locale/date.h"

#include <string.h>

enum { WIDEST = 1000 };

struct row {
	const struct store_headline *headline;
	const struct store_article *article;
	struct dates *dates;
};

typedef void row_field(struct buffer *out, const struct row *row);

static void add_id(struct buffer *out, const struct row *row)
{
	buffer_printf(out, "%lld", (long long)row->headline->id);
}

static void add_title(struct buffer *out, const struct row *row)
{
	output_field(out, str_of(row->headline->title));
}

static void add_feed(struct buffer *out, const struct row *row)
{
	output_field(out, str_of(row->headline->feed_title));
}

static void add_section(struct buffer *out, const struct row *row)
{
	output_field(out, str_of(row->headline->section));
}

static void add_language(struct buffer *out, const struct row *row)
{
	output_field(out, str_of(row->headline->language));
}

static void add_direction(struct buffer *out, const struct row *row)
{
	const struct store_headline *h = row->headline;
	buffer_str(out,
		str_of(item_direction(h->override != STORE_AUTO ? h->override : h->direction)));
}

static void add_date(struct buffer *out, const struct row *row)
{
	dates_moment(row->dates, out, row->headline->published);
}

static void add_date_utc(struct buffer *out, const struct row *row)
{
	date_format(out, row->headline->published, 0, DATE_RFC3339);
}

static void add_read(struct buffer *out, const struct row *row)
{
	buffer_str(out, row->headline->read ? STR("read") : STR("unread"));
}

static void add_star(struct buffer *out, const struct row *row)
{
	buffer_str(out, row->headline->starred ? STR("starred") : STR(""));
}

static void add_progress(struct buffer *out, const struct row *row)
{
	buffer_printf(out, "%d", row->headline->progress);
}

static void add_url(struct buffer *out, const struct row *row)
{
	output_field(out, str_of(row->article->url));
}

static void add_author(struct buffer *out, const struct row *row)
{
	output_field(out, str_of(row->article->author));
}

static void add_summary(struct buffer *out, const struct row *row)
{
	output_field(out, str_of(row->article->summary));
}

static const struct letter {
	char letter;
	bool article; /* no part of a headline */
	row_field *add;
} letters[] = {
	{'i', false, add_id},
	{'t', false, add_title},
	{'f', false, add_feed},
	{'c', false, add_section},
	{'l', false, add_language},
	{'w', false, add_direction},
	{'d', false, add_date},
	{'D', false, add_date_utc},
	{'r', false, add_read},
	{'s', false, add_star},
	{'p', false, add_progress},
	{'u', true, add_url},
	{'a', true, add_author},
	{'m', true, add_summary},
};

/* A piece of a format. */
struct conversion {
	const struct letter *field; /* NULL: a byte */
	char byte;
	int width;
	bool left;
};

static const struct letter *letter_of(char c)
{
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
		if (letters[i].letter == c)
			return &letters[i];
	}
	return NULL;
}

/* Takes the next piece off a format that is not at its end; false when it is none. */
static bool take(const char **format, struct conversion *piece)
{
	const char *p = *format;
	*piece = (struct conversion){.byte = *p++};
	if (piece->byte == '\\' && *p && strchr("tn\\", *p)) {
		piece->byte = *p == 't' ? '\t' : *p == 'n' ? '\n' : '\\';
		p++;
	} else if (piece->byte == '%' && *p == '%') {
		p++;
	} else if (piece->byte == '%') {
		piece->left = *p == '-';
		p += piece->left;
		for (; *p >= '0' && *p <= '9' && piece->width <= WIDEST; p++)
			piece->width = 10 * piece->width + (*p - '0');
		piece->field = letter_of(*p);
		if (!piece->field || piece->width > WIDEST)
			return false;
		p++;
	}
	*format = p;
	return true;
}

int row_check(const char *format, bool *article, struct error *error)
{
	const char *rest = format;
	*article = false;
	while (*rest) {
		struct conversion piece;
		if (!take(&rest, &piece))
			return error_set(error, EX_USAGE,
				"--format %.60s: there is no \"%.12s\": give %%, a width up to %d "
				"and "
				"one of i t f c l w d D r s p u a m, as \"%%i %%-20f %%t\"",
				format, rest, WIDEST);
		*article |= piece.field && piece.field->article;
	}
	return 0;
}

/* At the right of its column unless "-" is given, and never wider. */
static void add_field(struct buffer *out, const struct conversion *piece, const struct row *row)
{
	struct buffer text = {0}, column = {0};
	piece->field->add(&text, row);
	if (piece->width == 0) {
		buffer_str(out, buffer_view(&text));
	} else {
		columns_add(&column, buffer_view(&text), piece->width);
		struct str padded = buffer_view(&column), bare = padded;
		while (!piece->left && str_ends(bare, STR(" ")))
			bare.len--;
		buffer_repeat(out, STR(" "), padded.len - bare.len);
		buffer_str(out, bare);
	}
	out->failed |= text.failed || column.failed;
	buffer_free(&text);
	buffer_free(&column);
}

void row_write(struct buffer *out, const char *format, const struct store_headline *headline,
	const struct store_article *article, struct dates *dates)
{
	const struct row row = {headline, article, dates};
	struct conversion piece = {.byte = '\0'};
	while (*format && take(&format, &piece)) {
		if (piece.field)
			add_field(out, &piece, &row);
		else
			buffer_byte(out, piece.byte);
	}
	if (piece.field || piece.byte != '\n')
		buffer_byte(out, '\n');
}
