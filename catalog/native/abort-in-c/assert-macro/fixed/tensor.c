#include "tensor.h"

tl_context *tl_init(void) {
	return calloc(1, sizeof(tl_context));
}

tl_tensor *tl_new(tl_context *ctx, int rows, int cols) {
	GGML_ASSERT(ctx->n < TL_MAX_TENSORS);
	tl_tensor *t = &ctx->tensors[ctx->n++];
	t->rows = rows;
	t->cols = cols;
	t->data = calloc((size_t)rows * cols, sizeof(float));
	return t;
}

void tl_set(tl_tensor *t, int row, int col, float v) {
	t->data[row * t->cols + col] = v;
}

tl_tensor *tl_mul_mat(tl_context *ctx, tl_tensor *a, tl_tensor *b) {
	GGML_ASSERT(a->cols == b->rows);
	tl_tensor *t = tl_new(ctx, a->rows, b->cols);
	t->src[0] = a;
	t->src[1] = b;
	return t;
}

void tl_compute(tl_tensor *node) {
	const tl_tensor *a = node->src[0], *b = node->src[1];
	if (a == NULL)
		return;
	tl_compute(node->src[0]);
	tl_compute(node->src[1]);
	for (int i = 0; i < node->rows; i++)
		for (int j = 0; j < node->cols; j++) {
			float sum = 0;
			for (int k = 0; k < a->cols; k++)
				sum += tl_get(a, i, k) * tl_get(b, k, j);
			tl_set(node, i, j, sum);
		}
}

float tl_get(const tl_tensor *t, int row, int col) {
	return t->data[row * t->cols + col];
}

void tl_free(tl_context *ctx) {
	for (int i = 0; i < ctx->n; i++)
		free(ctx->tensors[i].data);
	free(ctx);
}
