#include <dlfcn.h>
#include <stddef.h>

#include "backend.h"

int backend_open(backend *b, const char *library, const char *symbol) {
	b->library = dlopen(library, RTLD_NOW | RTLD_LOCAL);
	if (b->library == NULL)
		return -1;
	b->activate = (double (*)(double))dlsym(b->library, symbol);
	return b->activate == NULL ? -1 : 0;
}

double backend_activate(const backend *b, double x) {
	return b->activate(x);
}

void backend_close(backend *b) {
	dlclose(b->library);
	b->library = NULL;
}
