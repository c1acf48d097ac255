#include "attention.h"

int attention_head_dim(const attention_params *p) {
	return p->width / p->heads;
}
