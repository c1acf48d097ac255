#include "quant.h"

static unsigned char nibble(float w) {
	int q = (int)(w * 7) + 8;
	return (unsigned char)(q < 0 ? 0 : q > 15 ? 15 : q);
}

void quant_rows(const float *weights, int n, unsigned char *out) {
	for (int i = 0; i < n; i += 2) {
		unsigned char low = nibble(weights[i]);
		unsigned char high = i + 1 < n ? nibble(weights[i + 1]) : 0;
		out[i / 2] = (unsigned char)(low | high << 4);
	}
}
