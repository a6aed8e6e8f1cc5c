/*
 * khabar-parse: the process that parse workers are forked from.  Started by khabar-fetch, not
 * by hand (worker/launch.h).
 */
#include "worker/keeper.h"
#include "worker/launch.h"

#include <stdio.h>
#include <sys/socket.h>

static bool is_socket(int fd)
{
	int type;
	socklen_t len = sizeof type;
	return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len) == 0 && type == SOCK_SEQPACKET;
}

int main(int argc, char **argv)
{
	static struct worker_options options;
	if (!launch_read(argc, argv, &options) || !is_socket(LAUNCH_FD)) {
		fputs("khabar: khabar-parse: is started by khabar-fetch: see khabar --help\n",
			stderr);
		return EX_USAGE;
	}
	keeper_run(LAUNCH_FD, &options);
}
