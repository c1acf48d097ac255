#include "tensor.h"

enum { TL_ALIGN = 16 };

tl_context *tl_init(size_t bytes) {
	tl_context *ctx = calloc(1, sizeof *ctx);
	ctx->mem = calloc(1, bytes);
	ctx->size = bytes;
	return ctx;
}

static size_t take(tl_context *ctx, size_t bytes) {
	size_t at = (ctx->used + TL_ALIGN - 1) / TL_ALIGN * TL_ALIGN;
	GGML_ASSERT(at + bytes <= ctx->size);
	ctx->used = at + bytes;
	return at;
}

static tl_tensor *node(tl_context *ctx, tl_op op, int ne0, int ne1, tl_tensor *a, tl_tensor *b) {
	tl_tensor *t = (tl_tensor *)(ctx->mem + take(ctx, sizeof *t));
	t->op = op;
	t->ne[0] = ne0;
	t->ne[1] = ne1;
	t->offset = take(ctx, (size_t)ne0 * (size_t)ne1 * sizeof(float));
	t->src[0] = a;
	t->src[1] = b;
	if (ctx->last)
		ctx->last->next = t;
	else
		ctx->first = t;
	ctx->last = t;
	return t;
}

tl_tensor *tl_new_2d(tl_context *ctx, int ne0, int ne1) {
	return node(ctx, TL_NONE, ne0, ne1, NULL, NULL);
}

float *tl_data(const tl_context *ctx, const tl_tensor *t) {
	return (float *)(ctx->mem + t->offset);
}

tl_tensor *tl_mul_mat(tl_context *ctx, tl_tensor *a, tl_tensor *b) {
	GGML_ASSERT(a->ne[0] == b->ne[0]);
	return node(ctx, TL_MUL_MAT, a->ne[1], b->ne[1], a, b);
}

tl_tensor *tl_add(tl_context *ctx, tl_tensor *a, tl_tensor *b) {
	GGML_ASSERT(a->ne[0] == b->ne[0] && a->ne[1] == b->ne[1]);
	return node(ctx, TL_ADD, a->ne[0], a->ne[1], a, b);
}

tl_tensor *tl_relu(tl_context *ctx, tl_tensor *a) {
	return node(ctx, TL_RELU, a->ne[0], a->ne[1], a, NULL);
}

/* Each row of b by each row of a. */
static void mul_mat(const tl_context *ctx, const tl_tensor *t) {
	const tl_tensor *a = t->src[0], *b = t->src[1];
	const float *x = tl_data(ctx, a), *y = tl_data(ctx, b);
	float *out = tl_data(ctx, t);
	for (int row = 0; row < b->ne[1]; row++)
		for (int col = 0; col < a->ne[1]; col++) {
			float sum = 0;
			for (int i = 0; i < a->ne[0]; i++)
				sum += x[col * a->ne[0] + i] * y[row * b->ne[0] + i];
			out[row * t->ne[0] + col] = sum;
		}
}

static void run(const tl_context *ctx, const tl_tensor *t) {
	int n = t->ne[0] * t->ne[1];
	float *out = tl_data(ctx, t);
	switch (t->op) {
	case TL_NONE:
		break;
	case TL_MUL_MAT:
		mul_mat(ctx, t);
		break;
	case TL_ADD:
		for (int i = 0; i < n; i++)
			out[i] = tl_data(ctx, t->src[0])[i] + tl_data(ctx, t->src[1])[i];
		break;
	case TL_RELU:
		for (int i = 0; i < n; i++) {
			float v = tl_data(ctx, t->src[0])[i];
			out[i] = v > 0 ? v : 0;
		}
		break;
	}
}

int tl_compute(tl_context *ctx, tl_abort_callback stop, void *user) {
	for (const tl_tensor *t = ctx->first; t != NULL; t = t->next) {
		if (stop && stop(user))
			return 1;
		run(ctx, t);
	}
	return 0;
}

void tl_free(tl_context *ctx) {
	free(ctx->mem);
	free(ctx);
}
