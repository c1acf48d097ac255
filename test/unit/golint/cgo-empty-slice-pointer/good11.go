package main

/*
#include <stddef.h>
static int edit(float *color) { return color[0] > 0; }
static int send(const void *p, size_t n) { return (int)n; }
static int export(void *p, size_t *n) { *n = 8; return 0; }
*/
import "C"

import "unsafe"

// The length of an array is known, through a pointer as well.
func Edit(color *[3]float32) bool {
	copied := make([]C.float, len(color))
	for i, v := range color {
		copied[i] = C.float(v)
	}
	return C.edit(&copied[0]) != 0
}

// Where it is empty, another one stands in.
func Send(data []byte) int {
	d := data
	if len(data) == 0 {
		d = []byte{0}
	}
	return int(C.send(unsafe.Pointer(&d[0]), C.size_t(len(data))))
}

// C says how much there is.
func Export() []byte {
	var n C.size_t
	if C.export(nil, &n) != 0 {
		return nil
	}
	b := make([]byte, int(n))
	C.export(unsafe.Pointer(&b[0]), &n)
	return b
}

func collect() int {
	var all []C.float
	for i := range 3 {
		all = append(all, C.float(i))
	}
	return int(C.edit(&all[0]))
}

func main() { println(Edit(&[3]float32{1}), Send(nil), len(Export()), collect()) }
