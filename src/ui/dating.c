#include "ui/dating.h"

#include "base/message.h"
#include "locale/habit.h"

struct dates *dating_new(const struct config *config)
{
	struct buffer locale = {0};
	struct dates *dates = NULL;
	habit_locale(&locale, message_language());
	if (!locale.failed)
		dates = dates_new(&(struct dates_options){.locale = locale.data,
			.calendar = config->ui_calendar,
			.digits = config->ui_digits,
			.style = config->ui_dates});
	buffer_free(&locale);
	return dates;
}
