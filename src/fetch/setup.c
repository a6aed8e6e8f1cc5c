#include "fetch/setup.h"

#include "base/io.h"
#include "config/paths.h"
#include "fetch/engine.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int read_settings(
	struct setup *setup, const struct fetch_options *options, struct error *error)
{
	char *usual = options->config ? NULL : paths_config(error);
	const char *path = options->config ? options->config : usual;
	config_defaults(&setup->config);
	int result = path ? config_read(&setup->config, path, error) : -1;
	if (result == 0)
		result = config_feeds_read(&setup->feeds, path, error);
	if (result == 0)
		result = config_lists_read(&setup->lists, path, error);
	free(usual);
	if (options->jobs > 0)
		setup->config.fetch_jobs = (int)options->jobs;
	if (options->per_host > 0)
		setup->config.fetch_per_host = (int)options->per_host;
	return result;
}

int setup_make(struct setup *setup, const struct fetch_options *options, struct error *error)
{
	const struct worker_options workers = {
		.output_limit = ENGINE_ANSWER,
		.require_sandbox = options->require_sandbox,
		.tasks = options->tasks,
	};
	*setup = (struct setup){0};
	setup->pool = worker_pool_new(&workers, error);
	if (!setup->pool)
		return -1;
	const char *warning = worker_pool_warning(setup->pool);
	if (warning && options->warn)
		options->warn(warning);
	if (read_settings(setup, options, error) == 0)
		return 0;
	setup_free(setup);
	return -1;
}

void setup_free(struct setup *setup)
{
	worker_pool_free(setup->pool);
	config_feeds_free(&setup->feeds);
	config_lists_free(&setup->lists);
	*setup = (struct setup){0};
}

/* The certificates to trust: the settings', else the environment's, as curl(1) does. */
static const char *certificates(const struct config *config)
{
	static const char *const names[] = {"CURL_CA_BUNDLE", "SSL_CERT_FILE"};
	const char *file = config->fetch_ca_file;
	for (size_t i = 0; !*file && i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);
		file = value ? value : file;
	}
	return file;
}

struct net_options setup_network(const struct config *config)
{
	return (struct net_options){
		.jobs = config->fetch_jobs,
		.per_host = config->fetch_per_host,
		.connect_seconds = config->fetch_connect_timeout,
		.total_seconds = config->fetch_timeout,
		.stall_seconds = config->fetch_stall,
		.most_bytes = (size_t)config->fetch_max_size << 20,
		.ca_file = certificates(config),
	};
}

static const char *proxy_of(const char *setting)
{
	if (*setting == '\0')
		return NULL;
	return strcmp(setting, "none") == 0 ? "" : setting;
}

void setup_request(
	const struct config *config, const struct config_feed *own, struct net_request *request)
{
	request->user_agent = config->fetch_user_agent;
	request->proxy = proxy_of(config->fetch_proxy);
	if (!own)
		return;
	if (*own->user_agent)
		request->user_agent = own->user_agent;
	if (*own->proxy)
		request->proxy = proxy_of(own->proxy);
	request->headers = (const char *const *)own->headers;
	request->header_count = own->header_count;
	request->cookies = *own->cookies ? own->cookies : NULL;
	request->netrc = strcmp(own->netrc, "yes") == 0;
}

int setup_write(int fd, struct str text, struct error *error)
{
	if (io_write_all(fd, text) == 0)
		return 0;
	if (errno == EPIPE)
		return error_set(error, EX_IOERR, "%s", "");
	return error_set(
		error, EX_IOERR, "standard output: cannot be written: %s", strerror(errno));
}
