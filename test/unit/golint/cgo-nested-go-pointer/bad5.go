// Fails: run: panic: runtime error: .*cgo.* has Go pointer to unpinned Go pointer
package main

/*
struct options { int *gpu; };
struct model { struct options options; };
static int gpu(struct model *m) { return *m->options.gpu; }
*/
import "C"

import "fmt"

func main() {
	gpu := new(C.int)
	m := new(C.struct_model)
	model := C.struct_model{}
	model.options.gpu = gpu
	*m = model
	p := &model
	fmt.Println(C.gpu(p)) // want cgo-nested-go-pointer
}
