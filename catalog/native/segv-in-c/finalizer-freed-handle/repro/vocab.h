#ifndef VOCAB_H
#define VOCAB_H

#include <stddef.h>

typedef struct {
	size_t n;
	int *merges;
} vocab;

vocab *vocab_load(size_t n);
/* Walks the merge table for every byte of the text. */
int vocab_encode(const vocab *v, size_t bytes);
void vocab_free(vocab *v);

#endif
