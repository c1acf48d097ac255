#include "kv.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static atomic_size_t in_use;

kv_cache *kv_new(size_t bytes) {
	kv_cache *kv = malloc(sizeof *kv);
	kv->bytes = bytes;
	kv->cells = malloc(bytes);
	memset(kv->cells, 1, bytes); /* the memory is touched, as a prefill does */
	atomic_fetch_add(&in_use, bytes);
	return kv;
}

void kv_free(kv_cache *kv) {
	atomic_fetch_sub(&in_use, kv->bytes);
	free(kv->cells);
	free(kv);
}

size_t kv_in_use(void) {
	return atomic_load(&in_use);
}
