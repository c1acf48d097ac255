#include "kv.h"

#include <stdlib.h>

kv_cache *kv_new(size_t n_layer, size_t n_ctx, size_t n_embd) {
	kv_cache *kv = calloc(1, sizeof *kv);
	size_t half = n_layer * n_ctx * n_embd;
	kv->arena_bytes = 2 * half * sizeof(float);
	kv->n_layer = n_layer;
	kv->n_ctx = n_ctx;
	kv->n_embd = n_embd;
	kv->k = calloc(1, kv->arena_bytes);
	kv->v = kv->k + half;
	kv->cells = calloc(n_ctx, sizeof(kv_cell));
	for (size_t i = 0; i < n_ctx; i++)
		kv->cells[i].seq = -1;
	return kv;
}

static float *row(const kv_cache *kv, float *half, size_t layer, size_t cell) {
	return half + (layer * kv->n_ctx + cell) * kv->n_embd;
}

static size_t find_cell(kv_cache *kv, int seq) {
	for (size_t i = 0; i < kv->n_ctx; i++) {
		size_t at = (kv->head + i) % kv->n_ctx;
		if (kv->cells[at].seq < 0)
			return at;
	}
	kv_seq_rm(kv, seq); /* full: the sequence begins anew */
	return kv->head;
}

float kv_decode(kv_cache *kv, int seq, int token) {
	size_t cell = find_cell(kv, seq);
	kv->cells[cell] = (kv_cell){(int)cell, seq};
	kv->head = (cell + 1) % kv->n_ctx;
	float sum = 0;
	for (size_t layer = 0; layer < kv->n_layer; layer++) {
		for (size_t i = 0; i < kv->n_embd; i++) {
			row(kv, kv->k, layer, cell)[i] = (float)token / (float)(i + 1);
			row(kv, kv->v, layer, cell)[i] = 1;
		}
		for (size_t other = 0; other < kv->n_ctx; other++)
			if (kv->cells[other].seq == seq)
				sum += *row(kv, kv->k, layer, other) * *row(kv, kv->v, layer, other);
	}
	return sum;
}

void kv_seq_rm(kv_cache *kv, int seq) {
	for (size_t i = 0; i < kv->n_ctx; i++)
		if (kv->cells[i].seq == seq)
			kv->cells[i].seq = -1;
}

void kv_free(kv_cache *kv) {
	free(kv->cells);
	free(kv->k);
	free(kv);
}
