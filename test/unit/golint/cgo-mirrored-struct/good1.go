package main

/*
struct params { int threads; float temperature; const char *name; };
static float temperature(struct params *p) { return p->temperature; }
*/
import "C"

import "unsafe"

type Params struct {
	Threads     int32
	Temperature float32
	Name        *C.char
}

func main() {
	p := Params{Threads: 4, Temperature: 0.7}
	C.temperature((*C.struct_params)(unsafe.Pointer(&p)))
}
