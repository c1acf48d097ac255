#include <stdlib.h>

#include "sampler.h"

static sampler_hooks *current;

void sampler_set_hooks(sampler_hooks *hooks) {
	current = hooks;
}

float sampler_step(float logit) {
	return current->scale(logit, current->user);
}

static float by_temperature(float logit, void *user) {
	return logit / *(float *)user;
}

sampler_hooks *temperature_hooks(float temperature) {
	sampler_hooks *hooks = malloc(sizeof *hooks + sizeof temperature);
	float *value = (float *)(hooks + 1);
	*value = temperature;
	hooks->scale = by_temperature;
	hooks->user = value;
	return hooks;
}
