#ifndef KV_H
#define KV_H

#include <stddef.h>

typedef struct {
	size_t slots, used;
	float *keys;
} kv_cache;

kv_cache *kv_new(size_t slots, size_t dim);
float kv_append(kv_cache *kv, float key);
void kv_free(kv_cache *kv);

#endif
