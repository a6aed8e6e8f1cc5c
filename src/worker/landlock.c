#include "worker/landlock.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Headers older than the kernel that runs lack these; the numbers are the same on all machines. */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#endif
#ifndef SYS_landlock_restrict_self
#define SYS_landlock_restrict_self 446
#endif
#define CREATE_RULESET_VERSION 1u

/* struct landlock_ruleset_attr as of version 6; the kernel takes a shorter one, too. */
struct ruleset {
	uint64_t handled_access_fs, handled_access_net, scoped;
};

/* What each version of the interface can deny. */
static const struct {
	long version;
	uint64_t access_fs, access_net, scoped;
	size_t size; /* bytes of struct ruleset it knows */
} versions[] = {
	{1, 0x1fff, 0, 0, offsetof(struct ruleset, handled_access_net)},
	{2, 0x3fff, 0, 0, offsetof(struct ruleset, handled_access_net)}, /* + refer */
	{3, 0x7fff, 0, 0, offsetof(struct ruleset, handled_access_net)}, /* + truncate */
	{4, 0x7fff, 3, 0, offsetof(struct ruleset, scoped)},             /* + bind, connect TCP */
	{5, 0xffff, 3, 0, offsetof(struct ruleset, scoped)},             /* + ioctl of devices */
	{6, 0xffff, 3, 3, sizeof(struct ruleset)}, /* + abstract sockets, signals */
};

bool landlock_deny_all(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);
	if (version < 1)
		return false;
	size_t best = 0;
	for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
		if (versions[i].version <= version)
			best = i;
	}
	struct ruleset all = {
		versions[best].access_fs, versions[best].access_net, versions[best].scoped};
	long fd = syscall(SYS_landlock_create_ruleset, &all, versions[best].size, 0);
	if (fd < 0)
		return false;
	bool ok = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
		  syscall(SYS_landlock_restrict_self, fd, 0) == 0;
	close((int)fd);
	return ok;
}
