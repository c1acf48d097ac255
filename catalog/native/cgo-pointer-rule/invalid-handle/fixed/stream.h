#ifndef STREAM_H
#define STREAM_H

#include <stdint.h>

/* Calls back for every token; again once more with token -1 when the stream is flushed. */
void stream_generate(int tokens, uintptr_t user);
void stream_flush(uintptr_t user);

#endif
