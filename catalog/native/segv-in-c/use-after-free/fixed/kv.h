#ifndef KV_H
#define KV_H

#include <stddef.h>

typedef struct {
	int pos, seq; /* seq -1: free */
} kv_cell;

/* Keys and values of all layers in one arena, and a cell for each position of the context. */
typedef struct {
	size_t arena_bytes, peak;
	size_t n_layer, n_ctx, n_embd;
	float *k, *v;
	kv_cell *cells;
	size_t head;
} kv_cache;

kv_cache *kv_new(size_t n_layer, size_t n_ctx, size_t n_embd);
/* Stores a token of a sequence in every layer and returns its attention over the sequence. */
float kv_decode(kv_cache *kv, int seq, int token);
/* Forgets a sequence. */
void kv_seq_rm(kv_cache *kv, int seq);
void kv_free(kv_cache *kv);

#endif
