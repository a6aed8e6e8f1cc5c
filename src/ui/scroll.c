#include "ui/scroll.h"

void scroll_fit(struct scroll *s, long rows)
{
	if (s->selected >= s->count)
		s->selected = s->count - 1;
	if (s->selected < 0)
		s->selected = 0;
	if (s->selected < s->top)
		s->top = s->selected;
	if (rows > 0 && s->selected >= s->top + rows)
		s->top = s->selected - rows + 1;
	if (s->top > s->count - rows)
		s->top = s->count - rows;
	if (s->top < 0)
		s->top = 0;
}

void scroll_roll(struct scroll *s, long lines, long rows)
{
	long last = s->count > rows ? s->count - rows : 0;
	s->top += lines;
	if (s->top > last)
		s->top = last;
	if (s->top < 0)
		s->top = 0;
	if (s->selected < s->top)
		s->selected = s->top;
	if (s->selected >= s->top + rows)
		s->selected = s->top + rows - 1;
	scroll_fit(s, rows);
}

bool scroll_act(struct scroll *s, enum action action, long rows)
{
	long half = rows > 1 ? rows / 2 : 1;
	long page = rows > 1 ? rows - 1 : 1;
	switch (action) {
	case ACTION_DOWN:
		s->selected++;
		break;
	case ACTION_UP:
		s->selected--;
		break;
	case ACTION_HALF_DOWN:
		s->selected += half;
		break;
	case ACTION_HALF_UP:
		s->selected -= half;
		break;
	case ACTION_PAGE_DOWN:
		s->selected += page;
		break;
	case ACTION_PAGE_UP:
		s->selected -= page;
		break;
	case ACTION_TOP:
		s->selected = 0;
		break;
	case ACTION_BOTTOM:
		s->selected = s->count - 1;
		break;
	default:
		return false;
	}
	scroll_fit(s, rows);
	return true;
}
