#ifndef SAMPLER_H
#define SAMPLER_H

typedef struct {
	int n_vocab, n_added; /* tokens of the base vocabulary, and those the fine-tune added */
} sampler_model;

/* Writes one logit for every token of the model: n_vocab + n_added floats. */
int sampler_n_logits(const sampler_model *m);
void sampler_logits(const sampler_model *m, int token, float *out);

#endif
