/* The view of rules for what is brought: those of khabar.conf and of the store. */
#ifndef KHABAR_UI_RULES_H
#define KHABAR_UI_RULES_H

struct ui;

void rules_view_open(struct ui *ui);

#endif
