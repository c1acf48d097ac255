// Fails: run: load of misaligned address
package main

/*
#cgo CFLAGS: -fsanitize=alignment
#cgo LDFLAGS: -fsanitize=alignment

static double sum(const double *p, int n) {
	double s = 0;
	for (int i = 0; i < n; i++) s += p[i];
	return s;
}
*/
import "C"

import (
	"fmt"
	"unsafe"
)

const header = 12

func sum(file []byte) float64 {
	n := (len(file) - header) / 8
	return float64(C.sum((*C.double)(unsafe.Pointer(&file[header])), C.int(n))) // want unsafe-cast-alignment
}

func main() {
	fmt.Println(sum(make([]byte, header+8*64)))
}
