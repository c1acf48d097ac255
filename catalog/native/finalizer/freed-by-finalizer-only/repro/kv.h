#ifndef KV_H
#define KV_H

#include <stddef.h>

typedef struct {
	size_t bytes;
	char *cells;
} kv_cache;

kv_cache *kv_new(size_t bytes);
void kv_free(kv_cache *kv);
size_t kv_in_use(void); /* bytes of all caches */

#endif
