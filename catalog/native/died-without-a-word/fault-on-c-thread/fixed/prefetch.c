#include <pthread.h>
#include <string.h>

#include "prefetch.h"

static pthread_t thread;
static const char *list[8];
static int count;
static long bytes;

static void *run(void *arg) {
	(void)arg;
	for (int i = 0; i < count; i++)
		bytes += (long)strlen(list[i]);
	return NULL;
}

int prefetch_start(const char *const *blocks, int n) {
	if (n > 8)
		return -1;
	memcpy(list, blocks, n * sizeof *blocks);
	count = n;
	return pthread_create(&thread, NULL, run, NULL);
}

long prefetch_wait(void) {
	pthread_join(thread, NULL);
	return bytes;
}
