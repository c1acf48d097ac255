#ifndef RING_H
#define RING_H

typedef struct {
	unsigned head, size;
	float slots[8];
} ring;

void ring_push(ring *r, float v);
float ring_pop(ring *r);

#endif
