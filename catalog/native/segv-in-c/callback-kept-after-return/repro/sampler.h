#ifndef SAMPLER_H
#define SAMPLER_H

typedef struct {
	float (*scale)(float logit, void *user);
	void *user;
} sampler_hooks;

/* The hooks are not copied: they must live as long as the sampler. */
void sampler_set_hooks(sampler_hooks *hooks);
float sampler_step(float logit);

sampler_hooks *temperature_hooks(float temperature);

#endif
