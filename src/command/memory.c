#include "command/memory.h"

#include "config/paths.h"
#include "config/terminals.h"

#include <stdlib.h>

static struct terminals_key key_of(const struct verdict_identity *who)
{
	return (struct terminals_key){who->term, who->da2, who->version, who->mux};
}

static bool recall(void *path, const struct verdict_identity *who, enum encode_mode *mode)
{
	char name[TERMINALS_TEXT_MOST];
	struct terminals_key key = key_of(who);
	return terminals_recall(path, &key, name) && encode_mode_of(str_of(name), mode);
}

static void remember(void *path, const struct verdict_identity *who, enum encode_mode mode)
{
	struct terminals_key key = key_of(who);
	terminals_remember(path, &key, encode_mode_name(mode), NULL);
}

void memory_open(struct verdict_memory *memory)
{
	*memory = (struct verdict_memory){.user = paths_terminals(NULL)};
	if (!memory->user)
		return;
	memory->recall = recall;
	memory->remember = remember;
}

void memory_close(struct verdict_memory *memory)
{
	free(memory->user);
	*memory = (struct verdict_memory){0};
}
