#ifndef ATTENTION_H
#define ATTENTION_H

typedef struct {
	int width, heads;
} attention_params;

int attention_head_dim(const attention_params *p);

#endif
