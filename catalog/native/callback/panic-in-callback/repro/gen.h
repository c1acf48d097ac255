#ifndef GEN_H
#define GEN_H

#include <stdint.h>

/* Calls acceptToken for every token until it returns something else than 0. */
int gen_run(const int *tokens, int n, uintptr_t user);

#endif
