#include "engine.h"

#include <math.h>
#include <string.h>

static const float epsilon = 1e-5f;

float hidden[WIDTH];
float logits[VOCAB];

// normalise brings a row to mean 0 and variance 1, in one pass over it.
static void normalise(float *row) {
	float sum = 0, squares = 0;
	for (int i = 0; i < WIDTH; i++) {
		sum += row[i];
		squares += row[i] * row[i];
	}
	float mean = sum / WIDTH;
	float variance = squares / WIDTH - mean * mean;
	float scale = 1 / sqrtf(variance + epsilon);
	for (int i = 0; i < WIDTH; i++)
		row[i] = (row[i] - mean) * scale;
}

// project multiplies the row with the weights of the output layer.
static void project(const float *row) {
	for (int token = 0; token < VOCAB; token++) {
		logits[token] = 0;
		for (int i = 0; i < WIDTH; i++)
			logits[token] += row[i] * (float)((token * 3 + i * 5) % 7 - 3);
	}
}

static int finite_row(const float *row) {
	for (int i = 0; i < WIDTH; i++)
		if (!isfinite(row[i]))
			return 0;
	return 1;
}

const char *forward(const float *embedding) {
	memcpy(hidden, embedding, sizeof hidden);
	normalise(hidden);
	if (!finite_row(hidden))
		return "layer norm";
	project(hidden);
	return NULL;
}
