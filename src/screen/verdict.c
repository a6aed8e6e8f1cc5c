#include "screen/verdict.h"

#include <stdio.h>

struct verdict_identity verdict_identity_of(
	const struct probe_answers *own, const struct probe_answers *outer, const char *term)
{
	const struct probe_answers *seen = profile_seen(own, outer);
	struct verdict_identity who = {.mux = probe_mux_name(probe_mux_of(own))};
	for (size_t i = 0; term && term[i] && i + 1 < sizeof who.term; i++)
		who.term[i] = term[i] > ' ' && term[i] < 0x7F ? term[i] : '?';
	probe_da2_text(seen, who.da2);
	snprintf(who.version, sizeof who.version, "%s", seen->version);
	return who;
}

static bool recall(const struct verdict_memory *memory, const struct verdict_identity *who,
	enum encode_mode *mode)
{
	return memory->recall && memory->recall(memory->user, who, mode);
}

struct verdict verdict_of(const struct probe_answers *own, const struct probe_answers *outer,
	const char *term, const struct verdict_memory *memory)
{
	struct verdict verdict = {.profile = profile_choose(own, outer, term)};
	struct verdict_identity who = verdict_identity_of(own, outer, term);
	verdict.mode = verdict.profile.mode;
	verdict.remembered = recall(memory, &who, &verdict.mode);
	return verdict;
}

enum encode_mode verdict_guess(const char *term, const struct verdict_memory *memory)
{
	struct probe_answers silence = probe_silence();
	return verdict_of(&silence, &silence, term, memory).mode;
}

void verdict_note(const char *term, const struct verdict_memory *memory, enum encode_mode mode)
{
	struct probe_answers silence = probe_silence();
	struct verdict_identity who = verdict_identity_of(&silence, &silence, term);
	if (memory->remember && verdict_guess(term, memory) != mode)
		memory->remember(memory->user, &who, mode);
}
