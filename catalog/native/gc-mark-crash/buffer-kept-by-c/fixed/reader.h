#ifndef READER_H
#define READER_H

#include <stddef.h>

/* Fills the buffer at every poll, until it is stopped. */
void reader_start(char *buf, size_t n);
void reader_poll(void);
void reader_stop(void);

#endif
