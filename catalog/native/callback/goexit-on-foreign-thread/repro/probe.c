#include <pthread.h>
#include <stdint.h>

#include "probe.h"
#include "_cgo_export.h"

static void *run(void *arg) {
	(void)arg;
	return (void *)(intptr_t)healthProbe();
}

int probe_once(void) {
	pthread_t thread;
	void *status;
	if (pthread_create(&thread, NULL, run, NULL) || pthread_join(thread, &status))
		return -1;
	return (int)(intptr_t)status;
}
