#include <stdlib.h>

#include "tensor.h"

static size_t device_free = 3u << 20;

tl_buffer *tl_buffer_alloc(size_t n) {
	if (n * sizeof(float) > device_free)
		return NULL;
	device_free -= n * sizeof(float);
	tl_buffer *buf = malloc(sizeof *buf);
	buf->n = n;
	buf->data = malloc(n * sizeof(float));
	return buf;
}

void tl_buffer_fill(tl_buffer *buf, float value) {
	for (size_t i = 0; i < buf->n; i++)
		buf->data[i] = value;
}

float tl_dot(const tl_buffer *w, float x) {
	float sum = 0;
	for (size_t i = 0; i < w->n; i++)
		sum += w->data[i] * x;
	return sum;
}

void tl_buffer_free(tl_buffer *buf) {
	device_free += buf->n * sizeof(float);
	free(buf->data);
	free(buf);
}
