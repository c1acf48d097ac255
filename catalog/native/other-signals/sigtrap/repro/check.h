#ifndef CHECK_H
#define CHECK_H

/* Stops in a debugger when the condition does not hold; compiled out with -DNDEBUG. */
#ifdef NDEBUG
#define DEBUG_CHECK(x) ((void)0)
#else
#include <signal.h>
#define DEBUG_CHECK(x) ((x) ? (void)0 : (void)raise(SIGTRAP))
#endif

int beam_width(int asked);

#endif
