package main

/*
struct result { char *text; int n; };
static void fill(struct result *r) { r->n = 3; }
*/
import "C"

import "fmt"

func main() {
	local := new(C.int)
	var r C.struct_result
	C.fill(&r)
	*local = r.n
	var copied C.struct_result
	copied.text = (*C.char)(nil)
	C.fill(&copied)
	fmt.Println(*local)
}
