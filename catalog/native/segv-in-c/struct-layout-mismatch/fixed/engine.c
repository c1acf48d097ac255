#include "engine.h"

long engine_memory(const engine_params *p) {
	long adapter = p->lora_path[0] == '\0' ? 0 : 1 << 20;
	return adapter + (long)p->n_ctx * p->n_batch * p->n_threads;
}
