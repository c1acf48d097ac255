#ifndef TENSOR_H
#define TENSOR_H

#include <stddef.h>
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

typedef enum { TL_NONE, TL_MUL_MAT, TL_ADD, TL_RELU } tl_op;

/* A matrix of ne[1] rows and ne[0] columns whose data lies in the context's arena. */
typedef struct tl_tensor {
	tl_op op;
	int ne[2];
	size_t offset;
	struct tl_tensor *src[2];
	struct tl_tensor *next;
} tl_tensor;

/* An arena: tensors and their data come from it one behind the other and go with it. */
typedef struct {
	char *mem;
	size_t size, used;
	tl_tensor *first, *last;
} tl_context;

/* Called before each node. What is not 0 ends the computation. */
typedef int (*tl_abort_callback)(void *user);

tl_context *tl_init(size_t bytes);
tl_tensor *tl_new_2d(tl_context *ctx, int ne0, int ne1);
float *tl_data(const tl_context *ctx, const tl_tensor *t);

/* Nodes of the graph. The inner dimensions of a product and all of a sum must agree. */
tl_tensor *tl_mul_mat(tl_context *ctx, tl_tensor *a, tl_tensor *b);
tl_tensor *tl_add(tl_context *ctx, tl_tensor *a, tl_tensor *b);
tl_tensor *tl_relu(tl_context *ctx, tl_tensor *a);

int tl_compute(tl_context *ctx, tl_abort_callback stop, void *user);
void tl_free(tl_context *ctx);

#endif
