#include "tok.h"

#include <stdlib.h>

static int threads(void) {
	const char *s = getenv("TOK_NUM_THREADS");
	return s ? atoi(s) : 4;
}

long tok_count(int n) {
	long tokens = 0;
	for (int i = 0; i < n; i++)
		tokens += i % 7 + threads();
	return tokens;
}
