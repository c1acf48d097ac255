#ifndef CORO_H
#define CORO_H

#include <stddef.h>

/* A generator on a stack of its own: each coro_next runs it to its next token. */
void coro_start(size_t stack_bytes);
int coro_next(void); /* 0 at the end */
void coro_stop(void);

#endif
