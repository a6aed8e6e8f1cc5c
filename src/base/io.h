/* Input and output that goes on after an interruption. */
#ifndef KHABAR_BASE_IO_H
#define KHABAR_BASE_IO_H

#include "base/str.h"

/* Writes all the bytes.  0, or -1 with errno set; some may have been written then. */
int io_write_all(int fd, struct str bytes);

#endif
