#include <pthread.h>
#include <stdint.h>

#include "worker.h"
#include "_cgo_export.h"

static void *load(void *arg) {
	for (intptr_t i = 0; i < (intptr_t)arg; i++)
		shardLoaded((int)i);
	return NULL;
}

int worker_load(int n) {
	pthread_t thread;
	if (pthread_create(&thread, NULL, load, (void *)(intptr_t)n))
		return -1;
	return pthread_join(thread, NULL);
}
