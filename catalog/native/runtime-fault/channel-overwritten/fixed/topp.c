#include "topp.h"

void topp_cumulate(const float *p, int n, int n_tail, float *out) {
	float sum = 0;
	for (int i = 0; i < n + n_tail; i++) {
		sum += p[i];
		out[i] = sum;
	}
}
