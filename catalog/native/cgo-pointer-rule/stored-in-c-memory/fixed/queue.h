#ifndef QUEUE_H
#define QUEUE_H

#include <stddef.h>

typedef struct {
	const float *row;
	size_t n;
} job;

job *job_new(void);
float job_run(const job *j);
void job_free(job *j);

#endif
