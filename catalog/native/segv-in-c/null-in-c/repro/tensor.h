#ifndef TENSOR_H
#define TENSOR_H

#include <stddef.h>

typedef struct {
	size_t n;
	float *data;
} tl_buffer;

/* Takes n floats from the device's memory. NULL when they do not fit. */
tl_buffer *tl_buffer_alloc(size_t n);
void tl_buffer_fill(tl_buffer *buf, float value);
float tl_dot(const tl_buffer *w, float x);
void tl_buffer_free(tl_buffer *buf);

#endif
