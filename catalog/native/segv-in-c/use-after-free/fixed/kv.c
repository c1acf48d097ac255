#include <stdlib.h>

#include "kv.h"

kv_cache *kv_new(size_t slots, size_t dim) {
	kv_cache *kv = malloc(sizeof *kv);
	kv->keys = calloc(slots * dim, sizeof(float));
	kv->slots = slots * dim;
	kv->used = 0;
	return kv;
}

float kv_append(kv_cache *kv, float key) {
	float *slot = kv->keys + kv->used++ % 4096;
	*slot += key;
	return *slot;
}

void kv_free(kv_cache *kv) {
	free(kv->keys);
	free(kv);
}
