#include "sampler.h"

int sampler_n_logits(const sampler_model *m) {
	return m->n_vocab + m->n_added;
}

void sampler_logits(const sampler_model *m, int token, float *out) {
	for (int i = 0; i < sampler_n_logits(m); i++)
		out[i] = 1.0f / (1 + (token ^ i));
}
