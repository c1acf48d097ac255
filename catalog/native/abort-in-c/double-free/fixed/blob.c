#include <stdlib.h>

#include "blob.h"

blob *blob_read(size_t n) {
	blob *b = calloc(1, sizeof *b + n);
	b->n = n;
	return b;
}

unsigned char blob_magic(const blob *b) {
	return b->bytes[0];
}

void blob_free(blob *b) {
	free(b);
}
