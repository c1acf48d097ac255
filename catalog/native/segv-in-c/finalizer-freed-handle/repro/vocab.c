#include <stdlib.h>
#include <unistd.h>

#include "vocab.h"

vocab *vocab_load(size_t n) {
	vocab *v = malloc(sizeof *v);
	v->n = n;
	v->merges = calloc(n, sizeof(int));
	for (size_t i = 0; i < 262144; i++)
		v->merges[i] = (int)(i % 97);
	return v;
}

int vocab_encode(const vocab *v, size_t bytes) {
	const int *merges = v->merges;
	int tokens = 0;
	for (size_t pass = 0; pass < bytes; pass++) {
		for (size_t i = 0; i < 262144; i += 4096)
			tokens += merges[i] > 48;
		usleep(1000);
	}
	return tokens;
}

void vocab_free(vocab *v) {
	free(v->merges);
	free(v);
}
