#include "tensor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TL_CHECK(x)                                                                       \
	do {                                                                                  \
		if (!(x)) {                                                                       \
			fprintf(stderr, "%s:%d: tensor check failed: %s\n", __FILE__, __LINE__, #x);  \
			abort();                                                                      \
		}                                                                                 \
	} while (0)

tl_graph *tl_graph_new(void) {
	return calloc(1, sizeof(tl_graph));
}

static tl_tensor *node(tl_graph *g, tl_op op, int n, tl_tensor *a, tl_tensor *b) {
	TL_CHECK(g->n_nodes < TL_MAX_NODES);
	tl_tensor *t = &g->nodes[g->n_nodes++];
	t->op = op;
	t->n = n;
	t->src[0] = a;
	t->src[1] = b;
	return t;
}

tl_tensor *tl_input(tl_graph *g, const char *name, int n) {
	tl_tensor *t = node(g, TL_LEAF, n, NULL, NULL);
	snprintf(t->name, sizeof t->name, "%s", name);
	return t;
}

tl_tensor *tl_add(tl_graph *g, tl_tensor *a, tl_tensor *b) {
	TL_CHECK(a->n == b->n);
	return node(g, TL_ADD, a->n, a, b);
}

tl_tensor *tl_scale(tl_graph *g, tl_tensor *a, float factor) {
	tl_tensor *t = node(g, TL_SCALE, a->n, a, NULL);
	t->factor = factor;
	return t;
}

tl_tensor *tl_set(tl_graph *g, tl_tensor *a, tl_tensor *b, int at) {
	TL_CHECK(at >= 0 && at + b->n <= a->n);
	tl_tensor *t = node(g, TL_SET, a->n, a, b);
	t->at = at;
	return t;
}

void tl_plan(tl_graph *g, int n) {
	size_t bytes = 0;
	for (int i = 0; i < n; i++) {
		g->nodes[i].offset = bytes;
		bytes += (g->nodes[i].n * sizeof(float) + TL_ALIGN - 1) / TL_ALIGN * TL_ALIGN;
	}
	g->arena = calloc(1, bytes);
	g->used = bytes;
	for (int i = 0; i < n; i++)
		g->nodes[i].data = (float *)(g->arena + g->nodes[i].offset);
}

int tl_placed(const tl_tensor *t) {
	return t->data != NULL;
}

void tl_fill(tl_tensor *t, float value) {
	for (int i = 0; i < t->n; i++)
		t->data[i] = value;
}

static void run(tl_tensor *t) {
	const tl_tensor *a = t->src[0], *b = t->src[1];
	switch (t->op) {
	case TL_LEAF:
		break;
	case TL_ADD:
		for (int i = 0; i < t->n; i++)
			t->data[i] = a->data[i] + b->data[i];
		break;
	case TL_SCALE:
		for (int i = 0; i < t->n; i++)
			t->data[i] = a->data[i] * t->factor;
		break;
	case TL_SET:
		memcpy(a->data + t->at, b->data, b->n * sizeof(float));
		t->data = a->data;
		break;
	}
}

void tl_compute(tl_graph *g, tl_progress progress) {
	for (int i = 0; i < g->n_nodes; i++) {
		run(&g->nodes[i]);
		if (progress)
			progress(i + 1, g->n_nodes);
	}
}

float tl_get(const tl_tensor *t, int i) {
	TL_CHECK(i >= 0 && i < t->n);
	return t->data[i];
}

void tl_graph_free(tl_graph *g) {
	free(g->arena);
	free(g);
}
