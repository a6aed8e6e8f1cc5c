/* Which descriptors a forked process keeps. */
#ifndef KHABAR_WORKER_DESCRIPTORS_H
#define KHABAR_WORKER_DESCRIPTORS_H

/* Closes all from `first` on. */
void descriptors_close_from(int first);

/*
 * Moves `fd` to number `to` (3 or more) and closes every other one from 3 on.
 */
void descriptors_keep_only(int fd, int to);

#endif
