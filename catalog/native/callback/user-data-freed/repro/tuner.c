#include <stdlib.h>

#include "tuner.h"
#include "_cgo_export.h"

static void *kept;

history *history_new(void) {
	return calloc(1, sizeof(history));
}

void history_free(history *h) {
	free(h);
}

void tuner_start(void *user) {
	kept = user;
}

void tuner_step(float loss) {
	stepDone(kept, loss);
}
