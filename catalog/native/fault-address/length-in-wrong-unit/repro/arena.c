#define _GNU_SOURCE
#include <sys/mman.h>

#include "arena.h"

void *arena_new(size_t bytes) {
	enum { PAGE = 65536 };
	size_t room = (bytes + PAGE - 1) / PAGE * PAGE;
	char *p = mmap(NULL, room + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED || mprotect(p + room, PAGE, PROT_NONE) != 0)
		return NULL;
	return p;
}
