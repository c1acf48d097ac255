#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

/* Memory for one tensor, with a guard page behind it. NULL when there is none. */
void *arena_new(size_t bytes);

#endif
