#ifndef TENSOR_H
#define TENSOR_H

#include <stddef.h>

/*
 * A small tensor library: tensors are described first, as nodes of a graph, and get their memory when a buffer is
 * planned. What is not placed in a buffer has no data.
 */
enum { TL_MAX_NODES = 64, TL_ALIGN = 32 };

typedef enum { TL_LEAF, TL_ADD, TL_SCALE, TL_SET } tl_op;

typedef struct tl_tensor {
	char name[16];
	tl_op op;
	int n;
	size_t offset;
	float *data;
	float factor; /* of TL_SCALE */
	int at;       /* of TL_SET: where src[1] goes in src[0] */
	struct tl_tensor *src[2];
} tl_tensor;

typedef struct {
	int n_nodes;
	tl_tensor nodes[TL_MAX_NODES];
	char *arena;
	size_t used;
} tl_graph;

typedef void (*tl_progress)(int node, int of);

tl_graph *tl_graph_new(void);
tl_tensor *tl_input(tl_graph *g, const char *name, int n);
tl_tensor *tl_add(tl_graph *g, tl_tensor *a, tl_tensor *b);
tl_tensor *tl_scale(tl_graph *g, tl_tensor *a, float factor);
/* Copies b into a from element `at` on and stands for a. */
tl_tensor *tl_set(tl_graph *g, tl_tensor *a, tl_tensor *b, int at);
/* Gives memory to the first n nodes, those of the layers that stay on this device. */
void tl_plan(tl_graph *g, int n);
int tl_placed(const tl_tensor *t);
void tl_fill(tl_tensor *t, float value);
void tl_compute(tl_graph *g, tl_progress progress);
float tl_get(const tl_tensor *t, int i);
void tl_graph_free(tl_graph *g);

#endif
