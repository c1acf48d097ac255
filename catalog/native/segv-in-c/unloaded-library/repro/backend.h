#ifndef BACKEND_H
#define BACKEND_H

typedef struct {
	void *library;
	double (*activate)(double);
} backend;

int backend_open(backend *b, const char *library, const char *symbol);
double backend_activate(const backend *b, double x);
void backend_close(backend *b);

#endif
