#include <assert.h>

#include "ring.h"

void ring_push(ring *r, float v) {
	assert(r->size < 8);
	r->slots[(r->head + r->size++) % 8] = v;
}

float ring_pop(ring *r) {
	assert(r->size > 0);
	float v = r->slots[r->head];
	r->head = (r->head + 1) % 8;
	r->size--;
	return v;
}
