// A heap overflow in C that AddressSanitizer sees, with abort_on_error so that Go speaks too.
package main

/*
#include <stdlib.h>
#include <string.h>
static int overflow(int n) {
	char *p = malloc(n);
	memset(p, 0, n);
	int c = p[n + 3];
	free(p);
	return c;
}
*/
import "C"

func main() {
	C.overflow(16) // @overflow
}
