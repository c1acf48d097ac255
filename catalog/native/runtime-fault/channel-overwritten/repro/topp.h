#ifndef TOPP_H
#define TOPP_H

/* Writes the running sums of n probabilities and, behind them, the sums of the n_tail tokens cut off. */
void topp_cumulate(const float *p, int n, int n_tail, float *out);

#endif
