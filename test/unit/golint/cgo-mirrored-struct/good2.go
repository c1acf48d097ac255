package main

/*
typedef struct { char tag; double value; short kind; } cell;
static double value(cell *c) { return c->value; }
*/
import "C"

import "unsafe"

type Cell struct {
	Tag   int8
	_     [7]byte
	Value float64
	Kind  int16
	_     [6]byte
}

type Same C.cell

func main() {
	c := Cell{Value: 1}
	C.value((*C.cell)(unsafe.Pointer(&c)))
	s := Same{}
	C.value((*C.cell)(unsafe.Pointer(&s)))
}
