/*
 * A form over another view: labelled fields, one to a row, that are changed one at a time and
 * saved together.  A text or number is asked for on the status line, a choice goes to its next
 * value; each value is a bidi paragraph of its own.
 */
#ifndef KHABAR_UI_FORM_H
#define KHABAR_UI_FORM_H

#include "ui/view.h"

enum form_kind {
	FORM_TEXT,
	FORM_NUMBER, /* digits of any script; "" none */
	FORM_CHOICE,
};

struct form_field {
	enum form_kind kind;
	enum prompt_kind prompt;    /* of a text: its history, and what it is completed to */
	const char *label;          /* marked with N_(), as the other texts are */
	const char *note;           /* behind the value: a unit; NULL none */
	const char *empty;          /* stands there while the text is empty; NULL nothing */
	const char *const *choices; /* NULL at the end */
	const char *fixed;          /* why it cannot be changed; NULL: it can */
	struct str text;            /* what it is at first; copied */
	int choice;
};

enum { FORM_FIELDS = 16 };

/* What the fields are now, in their order. */
struct form_value {
	struct str text; /* of a number, ASCII digits */
	int choice;
};

struct form_options {
	struct str title; /* copied */
	const struct form_field *fields; /* copied, but for the texts that are static */
	size_t count;                    /* up to FORM_FIELDS */
	size_t first;                    /* the field that is selected */
	/*
	 * Takes the values over: true closes the form.  False: it has said why, and *wrong is the
	 * field to go to.
	 */
	bool (*save)(struct ui *ui, void *user, const struct form_value *values, size_t *wrong);
	/* What is to be said of the values, shown below them; false: they are wrong.  Or NULL. */
	bool (*describe)(
		struct ui *ui, void *user, const struct form_value *values, struct buffer *out);
	void (*closed)(void *user); /* frees what is behind it; or NULL */
	void *user;
};

/* Opens it, and takes `user` over in any case. */
void form_open(struct ui *ui, const struct form_options *options);

#endif
