// Fails: run: free\(\): (?:double free|invalid)|double free or corruption|double free detected
// The library's own function, once deferred and once on the way out.
package main

/*
#include <stdlib.h>
typedef struct { char rows[4096]; int n; } model;
static model *model_load(int n) { model *m = calloc(1, sizeof(model)); if (m) m->n = n; return m; }
static void model_free(model *m) { free(m); }
*/
import "C"

func probe(n int32) int {
	m := C.model_load(C.int(n))
	if m == nil {
		return -1
	}
	defer C.model_free(m)
	if m.n < 0 {
		C.model_free(m) // want cgo-double-free
		return -1
	}
	return int(m.n)
}

func main() {
	for range 10 {
		println(probe(-1))
	}
}
