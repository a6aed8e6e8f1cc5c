/* A saved query in a form: a list among the feeds, or a rule. */
#ifndef KHABAR_UI_SMART_FORM_H
#define KHABAR_UI_SMART_FORM_H

#include "store/store.h"

struct ui;

/* What is edited; with id 0 it is made.  Name and query may be "" then. */
struct smart_draft {
	int64_t id;
	struct str name, query;
	enum store_smart_kind kind; /* STORE_SMART_LIST, or a rule that can become another kind */
};

/* A query that cannot be read is not saved; as long as it can, the number of articles is shown. */
void smart_form_open(struct ui *ui, const struct smart_draft *draft);

/* Asks for a name and saves the query as a list; says why it cannot be read. */
void smart_form_keep(struct ui *ui, struct str query);

/* What was changed is seen at once: lists are read anew, titles are lit anew. */
void smart_form_changed(struct ui *ui);

/* "in PATH:LINE ...": items[place] of khabar.conf is not changed here. */
void smart_form_refuse(struct ui *ui, size_t place);

#endif
