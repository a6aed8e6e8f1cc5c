#include "command/fetch-parse.h"

#include "command/input.h"
#include "command/parse-options.h"
#include "worker/worker.h"

/* Of a document its user names: more than one that comes by itself may have. */
#define MEMORY ((size_t)1 << 30) /* bytes */
#define CPU_SECONDS 30
#define WALL_MS 60000

/* The pool is there before the first byte is read. */
static int read_and_run(struct worker_pool *pool, const char *name, struct worker_request *request,
	struct buffer *out, struct error *error)
{
	int fd = input_open(name, INPUT_STREAM, error);
	if (fd < 0)
		return -1;
	struct buffer bytes = {0};
	int result = input_all(fd, &bytes, error);
	input_close(fd);
	request->bytes = buffer_view(&bytes);
	if (result == 0)
		result = worker_pool_run(pool, request, out, error);
	buffer_free(&bytes);
	return result;
}

static void warn(const struct worker_pool *pool)
{
	struct error warning = {.status = EX_OK};
	if (!worker_pool_warning(pool))
		return;
	error_set(&warning, EX_OK, "%s", worker_pool_warning(pool));
	output_error(NULL, &warning);
}

static int run_task(
	const char *task, int argc, char **argv, struct output *out, struct error *error)
{
	struct parse_values values = {NULL, NULL, false};
	const struct option_set set = {parse_options, &values};
	int count = options_parse(argc, argv, &set, 1, error);
	if (count < 0)
		return -1;
	if (count != 1)
		return error_set(error, EX_USAGE,
			"give one file, or - for standard input: see khabar parse --help");
	const struct worker_options options = {
		.workers = 1,
		.memory = MEMORY,
		.cpu_seconds = CPU_SECONDS,
		.wall_ms = WALL_MS,
		.require_sandbox = values.require_sandbox,
	};
	struct worker_pool *pool = worker_pool_new(&options, error);
	if (!pool)
		return -1;
	warn(pool);
	struct worker_request request = {.task = task,
		.base_url = str_of(values.base_url),
		.content_type = str_of(values.content_type)};
	struct error wrong = {.status = EX_OK};
	int result = read_and_run(pool, argv[0], &request, &out->pending, &wrong);
	worker_pool_free(pool);
	if (result == 0)
		return 0;
	output_error(input_label(argv[0]), &wrong);
	return error_set(error, wrong.status, "%s", "");
}

int fetch_parse(int argc, char **argv, struct output *out, struct error *error)
{
	return run_task("feed", argc, argv, out, error);
}

int fetch_outline(int argc, char **argv, struct output *out, struct error *error)
{
	return run_task("outline", argc, argv, out, error);
}

int fetch_extract(int argc, char **argv, struct output *out, struct error *error)
{
	return run_task("page", argc, argv, out, error);
}
