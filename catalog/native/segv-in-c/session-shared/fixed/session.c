#include "session.h"

#include <stdlib.h>

enum { WIDTH = 512 };

session *session_open(void) {
	return calloc(1, sizeof(session));
}

/* Scratch memory for n tokens; what was there before goes. */
static float *scratch_for(session *s, size_t n) {
	if (n != s->room) {
		free(s->scratch);
		s->scratch = malloc(n * WIDTH * sizeof(float));
		s->room = n;
	}
	return s->scratch;
}

float session_run(session *s, const int *tokens, size_t n) {
	float *x = scratch_for(s, n), sum = 0;
	for (int layer = 0; layer < 4; layer++)
		for (size_t i = 0; i < n * WIDTH; i++)
			x[i] = (float)tokens[i / WIDTH] / (float)(layer + 1);
	for (size_t i = 0; i < n; i++)
		sum += x[i * WIDTH];
	return sum;
}

void session_close(session *s) {
	free(s->scratch);
	free(s);
}
