#include "ui/fulltext.h"

#include "base/message.h"
#include "fetch/run.h"
#include "ui/view.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fulltext {
	struct fetch_run *run;
	int64_t article;                   /* under way */
	int64_t waiting[FULLTEXT_WAITING]; /* in this order */
	size_t count;
};

/* ---- one after another ---- */

static bool start(struct ui *ui, int64_t article)
{
	enum { WORDS = 6 };
	struct fulltext *full = ui->fulltext;
	struct error error;
	char number[24];
	const char *arguments[WORDS] = {"full"};
	size_t count = 1;
	snprintf(number, sizeof number, "%" PRId64, article);
	if (ui->options->db) {
		arguments[count++] = "--db";
		arguments[count++] = ui->options->db;
	}
	arguments[count++] = "--";
	arguments[count] = number;
	full->run = fetch_run_start(arguments, &error);
	if (!full->run) {
		ui_error(ui, &error);
		return false;
	}
	full->article = article;
	screen_watch(ui->screen, FETCHING_FULL_WATCH, fetch_run_fd(full->run));
	return true;
}

static void end_run(struct ui *ui)
{
	screen_watch(ui->screen, FETCHING_FULL_WATCH, -1);
	fetch_run_free(ui->fulltext->run);
	ui->fulltext->run = NULL;
}

/* Takes the one at this place out of those that wait. */
static int64_t take_waiting(struct fulltext *full, size_t at)
{
	int64_t article = full->waiting[at];
	full->count--;
	memmove(full->waiting + at, full->waiting + at + 1,
		(full->count - at) * sizeof *full->waiting);
	return article;
}

/* The next one, or the end. */
static void go_on(struct ui *ui)
{
	struct fulltext *full = ui->fulltext;
	if (full->count > 0 && start(ui, take_waiting(full, 0)))
		return;
	free(full);
	ui->fulltext = NULL;
}

void fulltext_stop(struct ui *ui)
{
	if (!ui->fulltext)
		return;
	end_run(ui);
	free(ui->fulltext);
	ui->fulltext = NULL;
}

/* ---- asking ---- */

/* False when the article was not being fetched. */
static bool cancel(struct ui *ui, int64_t article)
{
	struct fulltext *full = ui->fulltext;
	if (full && full->article == article) {
		end_run(ui);
		go_on(ui);
		return true;
	}
	for (size_t i = 0; full && i < full->count; i++) {
		if (full->waiting[i] != article)
			continue;
		take_waiting(full, i);
		return true;
	}
	return false;
}

static void request(struct ui *ui, int64_t article)
{
	struct fulltext *full = ui->fulltext;
	if (full && full->count == FULLTEXT_WAITING) {
		ui_say(ui, "%d full texts are being fetched: wait for one of them",
			FULLTEXT_WAITING + 1);
		return;
	}
	if (full) {
		full->waiting[full->count++] = article;
		ui_say(ui, "The full text is fetched after what is under way");
		return;
	}
	ui->fulltext = calloc(1, sizeof *full);
	if (!ui->fulltext) {
		ui_say(ui, "Out of memory");
		return;
	}
	if (start(ui, article)) {
		ui_say(ui, "Fetching the full text from its page");
		return;
	}
	free(ui->fulltext);
	ui->fulltext = NULL;
}

bool fulltext_turn(struct ui *ui, int64_t article)
{
	struct error error;
	struct store_full full;
	if (cancel(ui, article)) {
		ui_say(ui, "The full text is not fetched");
		return false;
	}
	if (store_full(ui->store, article, &full, &error) < 0) {
		ui_error(ui, &error);
		return false;
	}
	if (!full.kept) {
		request(ui, article);
		return false;
	}
	if (store_show_full(ui->store, article, !full.shown, &error) < 0) {
		ui_error(ui, &error);
		return false;
	}
	ui_say(ui, full.shown ? N_("The text of the feed") : N_("The full text"));
	return true;
}

/* ---- what came ---- */

void fulltext_take(struct ui *ui)
{
	struct error error;
	struct str output;
	struct fulltext *full = ui->fulltext;
	if (!full || !fetch_run_step(full->run))
		return;
	if (fetch_run_result(full->run, &output, &error) < 0) {
		ui_error(ui, &error);
	} else if (article_view_stale(ui, full->article)) {
		ui_say(ui, "The full text");
	} else {
		/* It is read elsewhere by now. */
		ui_say(ui, "A full text has come");
	}
	ui->changes++;
	end_run(ui);
	go_on(ui);
}

void fulltext_gauge(const struct ui *ui, struct buffer *out)
{
	if (!ui->fulltext)
		return;
	if (out->len > 0)
		buffer_str(out, STR("  "));
	buffer_str(out, str_of(_("full text")));
	if (ui->fulltext->count > 0)
		buffer_printf(out, " 1/%zu", ui->fulltext->count + 1);
}
