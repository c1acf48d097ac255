#ifndef QUANT_H
#define QUANT_H

/* Writes one byte for every pair of weights, and one more for an odd rest. */
void quant_rows(const float *weights, int n, unsigned char *out);

#endif
