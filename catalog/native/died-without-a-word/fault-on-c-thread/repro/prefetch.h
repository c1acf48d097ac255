#ifndef PREFETCH_H
#define PREFETCH_H

/* Starts to read the blocks on a thread of the library. */
int prefetch_start(const char *const *blocks, int n);
/* Waits for the thread and returns the bytes it read. */
long prefetch_wait(void);

#endif
