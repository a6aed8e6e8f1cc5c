/*
 * Stands in for libFuzzer: runs one target on each file of its corpus, so that what fuzzing
 * once found stays mended.  KHABAR_SOURCE names the source folder; files given as arguments
 * are run instead.  Speaks TAP; the file that is running is named before it runs.
 */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int run_file(const char *path)
{
	struct buffer bytes = {0};
	char part[4096];
	FILE *file = fopen(path, "rb");
	if (!file) {
		perror(path);
		return -1;
	}
	for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;)
		buffer_add(&bytes, part, n);
	bool ok = !ferror(file) && !bytes.failed;
	fclose(file);
	if (ok) {
		/* A copy of just that size, so that AddressSanitizer sees reads beyond it. */
		uint8_t *data = malloc(bytes.len + !bytes.len);
		ok = data != NULL;
		if (ok && bytes.len > 0)
			memcpy(data, bytes.data, bytes.len);
		printf("# %s, %zu bytes\n", path, bytes.len);
		fflush(stdout);
		if (ok)
			LLVMFuzzerTestOneInput(data, bytes.len);
		free(data);
	}
	buffer_free(&bytes);
	return ok ? 0 : -1;
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Runs the files of a folder in the order of their names; how many, -1 when one is unreadable. */
static int run_folder(const char *folder)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, is_visible, alphasort), failed = 0;
	for (int i = 0; i < count; i++) {
		struct buffer path = {0};
		buffer_printf(&path, "%s/%s", folder, entries[i]->d_name);
		failed |= path.failed || run_file(path.data) < 0;
		buffer_free(&path);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return failed ? -1 : count;
}

int main(int argc, char **argv)
{
	int count = argc - 1;
	if (argc > 1) {
		for (int i = 1; i < argc; i++)
			count = run_file(argv[i]) < 0 ? -1 : count;
	} else {
		const char *source = getenv("KHABAR_SOURCE");
		struct buffer folder = {0};
		buffer_printf(&folder, "%s/tests/fuzz/corpus/%s", source ? source : ".", FUZZ_TARGET);
		count = folder.failed ? -1 : run_folder(folder.data);
		buffer_free(&folder);
	}
	printf("1..1\n%s 1 - the corpus of %s: %d files\n", count > 0 ? "ok" : "not ok", FUZZ_TARGET,
			count);
	return count > 0 ? 0 : 1;
}
