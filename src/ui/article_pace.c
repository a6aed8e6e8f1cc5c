/* An article that scrolls by itself, line by line. */
#include "ui/article_view.h"

#include "base/message.h"

#include <string.h>
#include <time.h>

enum { FASTEST_MS = 250, SLOWEST_MS = 32000, FIRST_MS = 2000 };

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void article_pace_stop(struct article_view *v, struct ui *ui)
{
	if (v->pace == 0)
		return;
	v->pace = 0;
	ui->wake_at = 0;
}

static void set_pace(struct article_view *v, struct ui *ui, int pace)
{
	if (pace < FASTEST_MS || pace > SLOWEST_MS)
		pace = v->pace;
	v->pace = pace;
	ui->wake_at = now_ms() + pace;
	ui_say(ui, _("A line every %.2f s; + - change it, other keys stop"), pace / 1000.0);
}

/* A held key repeats some 30 times a second; a finger that taps does it up to 8 times. */
int article_pace_lines(struct article_view *v, const struct ui *ui, enum action action)
{
	enum { REPEATED_MS = 100, A_SECOND = 30, MOST_DOUBLINGS = 3 };
	int64_t now = now_ms();
	bool held = action == v->held.action && now - v->held.at < REPEATED_MS;
	v->held.streak = held ? v->held.streak + 1 : 0;
	v->held.action = action;
	v->held.at = now;
	if (strcmp(ui->options->config->text_accelerate, "yes") != 0 ||
		(action != ACTION_DOWN && action != ACTION_UP))
		return 1;
	int doublings = v->held.streak / A_SECOND;
	return 1 << (doublings < MOST_DOUBLINGS ? doublings : MOST_DOUBLINGS);
}

bool article_pace_act(struct article_view *v, struct ui *ui, enum action action)
{
	if (action != ACTION_AUTOSCROLL)
		return false;
	set_pace(v, ui, FIRST_MS);
	return true;
}

bool article_pace_key(struct article_view *v, struct ui *ui, uint32_t key)
{
	if (v->pace == 0)
		return false;
	if (key == '+') {
		set_pace(v, ui, v->pace / 2);
	} else if (key == '-') {
		set_pace(v, ui, v->pace * 2);
	} else {
		article_pace_stop(v, ui);
		ui_say(ui, "%s", _("Scrolling has stopped"));
	}
	return true;
}

void article_pace_tick(struct article_view *v, struct ui *ui)
{
	struct page_place before = v->sheet.top;
	if (v->pace == 0)
		return;
	sheet_move(&v->sheet, ui, ACTION_DOWN);
	article_set_anchor(v, ui);
	if (sheet_is_before(before, v->sheet.top))
		ui->wake_at = now_ms() + v->pace;
	else
		article_pace_stop(v, ui); /* the end is in view */
}
