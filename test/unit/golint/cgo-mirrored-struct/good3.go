package main

/*
#include <stdint.h>
struct flags { uint32_t a : 1, b : 31; uint32_t n; };
union number { int i; double d; };
struct any { union number n; int kind; };
static uint32_t n(struct flags *f) { return f->n; }
static int kind(struct any *a) { return a->kind; }
*/
import "C"

import "unsafe"

type Flags struct{ Bits, N uint32 }

type Any struct {
	N    float64
	Kind int32
}

func main() {
	f, a := Flags{}, Any{}
	C.n((*C.struct_flags)(unsafe.Pointer(&f)))
	C.kind((*C.struct_any)(unsafe.Pointer(&a)))
}
