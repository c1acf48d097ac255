#include "device.h"

#include <stdio.h>
#include <stdlib.h>

static size_t room = (size_t)64 << 20;

static void check(int status, const char *call, const char *file, int line) {
	if (status == DEV_OK)
		return;
	fprintf(stderr, "CUDA error: %s\n", status == DEV_OUT_OF_MEMORY ? "out of memory" : "unknown");
	fprintf(stderr, "  current device: 0, in function dev_alloc at %s:%d\n", file, line);
	fprintf(stderr, "  %s\n", call);
	abort();
}

static int raw_alloc(void **p, size_t bytes) {
	if (bytes > room)
		return DEV_OUT_OF_MEMORY;
	room -= bytes;
	*p = malloc(1);
	return DEV_OK;
}

size_t dev_free_bytes(void) {
	return room;
}

void *dev_alloc(size_t bytes) {
	void *p = NULL;
	check(raw_alloc(&p, bytes), "raw_alloc(&p, bytes)", __FILE__, __LINE__);
	return p;
}

void dev_release(void *p) {
	free(p);
}
