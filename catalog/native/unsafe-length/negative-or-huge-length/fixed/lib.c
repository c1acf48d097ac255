#include "lib.h"

static const float last[4] = {0.1f, 0.7f, 0.1f, 0.1f};

int lib_logits(int loaded, const float **out) {
	*out = last;
	return loaded ? 4 : -5;
}
