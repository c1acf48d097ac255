#ifndef SCORE_H
#define SCORE_H

/* Scores the row; tells logWarning about values that are not finite. */
float score_row(const float *row, int n);

#endif
