#ifndef BATCH_H
#define BATCH_H

typedef struct {
	int n;
	const int *tokens;
} batch;

int batch_decode(const batch *b);

#endif
