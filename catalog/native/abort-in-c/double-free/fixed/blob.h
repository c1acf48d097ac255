#ifndef BLOB_H
#define BLOB_H

#include <stddef.h>

typedef struct {
	size_t n;
	unsigned char bytes[];
} blob;

blob *blob_read(size_t n);
unsigned char blob_magic(const blob *b);
void blob_free(blob *b);

#endif
