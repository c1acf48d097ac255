#ifndef TENSOR_H
#define TENSOR_H

#include <stdio.h>
#include <stdlib.h>

/* Ends the process with the words of ggml's macro of this name. */
#define GGML_ASSERT(x)                                                                  \
	do {                                                                                \
		if (!(x)) {                                                                     \
			fprintf(stderr, "%s:%d: GGML_ASSERT(%s) failed\n", __FILE__, __LINE__, #x); \
			abort();                                                                    \
		}                                                                               \
	} while (0)

enum { TL_MAX_TENSORS = 64 };

typedef struct tl_tensor {
	int rows, cols;
	float *data;
	struct tl_tensor *src[2];
} tl_tensor;

typedef struct {
	int n;
	tl_tensor tensors[TL_MAX_TENSORS];
} tl_context;

tl_context *tl_init(void);
tl_tensor *tl_new(tl_context *ctx, int rows, int cols);
void tl_set(tl_tensor *t, int row, int col, float v);
/* Node of the graph that multiplies a by b: a->cols must equal b->rows. */
tl_tensor *tl_mul_mat(tl_context *ctx, tl_tensor *a, tl_tensor *b);
void tl_compute(tl_tensor *node);
float tl_get(const tl_tensor *t, int row, int col);
void tl_free(tl_context *ctx);

#endif
