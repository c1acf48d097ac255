#include <math.h>

#include "score.h"
#include "_cgo_export.h"

float score_row(const float *row, int n) {
	float sum = 0;
	for (int i = 0; i < n; i++) {
		if (!isfinite(row[i])) {
			logWarning(i);
			continue;
		}
		sum += row[i];
	}
	return sum;
}
