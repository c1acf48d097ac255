package main

/*
struct options { int *gpu; };
static int gpu(struct options *o) { return o->gpu ? *o->gpu : -1; }
*/
import "C"

// What was put in is gone again when C looks.
func main() {
	device := new(C.int)
	var o C.struct_options
	o.gpu = device
	*o.gpu = 1
	o.gpu = nil
	C.gpu(&o)
}
