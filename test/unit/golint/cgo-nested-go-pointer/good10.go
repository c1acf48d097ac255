package main

/*
#include <stdlib.h>
typedef struct { int n; } column;
typedef struct { column *columns; int n; } parameters;
static int create(parameters *p) { return p->columns[0].n; }
*/
import "C"

// The array is C's, whatever Go takes its type for.
func create(keys []int32) int {
	if len(keys) == 0 {
		return 0
	}
	var p C.parameters
	mem := C.malloc(C.sizeof_column * C.size_t(len(keys)))
	defer C.free(mem)
	columns := (*[(1 << 20) / C.sizeof_column]C.column)(mem)
	for i, key := range keys {
		columns[i].n = C.int(key)
	}
	p.columns = &columns[0]
	return int(C.create(&p))
}

func main() { println(create([]int32{1})) }
