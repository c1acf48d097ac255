#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

/* Scratch memory that the library takes when it is loaded, for its self-test. */
int arena_self_test(void);
void arena_close(void);

#endif
