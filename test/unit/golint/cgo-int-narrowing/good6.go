package main

/*
#include <stdint.h>
typedef struct { uint16_t attributes; } info;
static info describe(void) { info i = {3}; return i; }
static int attributes(uint16_t n, int *all) { return n; }
*/
import "C"

// As many as C said, in the type it said it with.
func attributes() int {
	info := C.describe()
	n := int(info.attributes)
	if n == 0 {
		return 0
	}
	all := make([]C.int, n)
	return int(C.attributes(C.uint16_t(len(all)), &all[0]))
}

func main() { println(attributes()) }
