/* The way back from a link that leads within the article. */
#include "ui/article_view.h"

#include "base/message.h"

#include <string.h>

void article_jump(struct article_view *v, struct ui *ui, size_t offset)
{
	if (v->jump_count == ARTICLE_JUMPS) {
		memmove(v->jumps, v->jumps + 1, (ARTICLE_JUMPS - 1) * sizeof *v->jumps);
		v->jump_count--;
	}
	v->jumps[v->jump_count++] = (struct jump){v->anchor, v->in_head};
	article_show(v, ui, offset, true);
}

bool article_jump_act(struct article_view *v, struct ui *ui, enum action action)
{
	if (action != ACTION_JUMP_BACK)
		return false;
	if (v->jump_count == 0) {
		ui_say(ui, "%s", _("No link within the article was followed"));
		return true;
	}
	struct jump jump = v->jumps[--v->jump_count];
	if (jump.in_head) {
		sheet_go(&v->sheet, ui, page_first(v->sheet.page));
		article_set_anchor(v, ui);
	} else {
		article_show(v, ui, jump.anchor, true);
	}
	return true;
}
