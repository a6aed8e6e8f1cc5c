#include "ui/setting.h"

#include "base/message.h"
#include "ui/view.h"

bool setting_is_of_reader(struct str name)
{
	static const struct str others[] = {STR("fetch."), STR("keep.")};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		if (str_starts(name, others[i]))
			return str_equal(name, STR("fetch.auto"));
	}
	return true;
}

static const struct config_option *option_of(struct str name)
{
	size_t count;
	const struct config_option *options = config_options(&count);
	for (size_t i = 0; i < count; i++) {
		if (str_equal(name, str_of(options[i].name)))
			return &options[i];
	}
	return NULL;
}

void setting_show(struct ui *ui, struct str name)
{
	struct buffer value = {0};
	struct config scratch = *ui->options->config;
	struct error error;
	const struct config_option *option = option_of(name);
	if (!option) { /* it says which one may be meant */
		if (config_set(&scratch, name, STR(""), &error) < 0)
			ui_error(ui, &error);
		return;
	}
	config_option_value(option, ui->options->config, &value);
	ui_say(ui, "%s = %s", option->name, value.data ? value.data : "");
	buffer_free(&value);
}

void setting_set(struct ui *ui, struct str name, struct str value)
{
	struct ui_options fresh = *ui->options;
	struct error error;
	if (!ui->options->set)
		return;
	if (option_of(name) && !setting_is_of_reader(name)) {
		ui_say(ui, "%.*s is read by what fetches: change it in khabar.conf", STR_ARG(name));
		return;
	}
	if (ui->options->set(ui->options->source, &fresh, name, value, &error) < 0 ||
		ui_take_settings(ui, &fresh, &error) < 0) {
		ui_error(ui, &error);
		return;
	}
	setting_show(ui, name);
}
