// Reads through a null pointer in C.
package main

/*
#include <stddef.h>
static int read_at(int *p, size_t i) { return p[i]; }
*/
import "C"
import "fmt"

func load(p *C.int) C.int {
	return C.read_at(p, 3)
}

func main() {
	fmt.Println(load(nil))
}
