#include <stdlib.h>

#include "queue.h"

job *job_new(void) {
	return calloc(1, sizeof(job));
}

float job_run(const job *j) {
	float sum = 0;
	for (size_t i = 0; i < j->n; i++)
		sum += j->row[i];
	return sum;
}

void job_free(job *j) {
	free(j);
}
