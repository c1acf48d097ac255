// Fails: run: C reads 0 instead of 9
package main

/*
typedef struct {
	char name[16];
	int  *data, *scratch;
	long rows, columns;
} matrix;
static long columns(const matrix *m) { return m->columns; }
*/
import "C"

import (
	"fmt"
	"unsafe"
)

type Matrix struct {
	Name          [16]byte
	Data          *int32
	Rows, Columns int64
}

func main() {
	m := &[2]Matrix{{Rows: 3, Columns: 9}}
	first := &m[0]
	fmt.Printf("C reads %d instead of 9\n", C.columns((*C.matrix)(unsafe.Pointer(first)))) // want cgo-mirrored-struct
}
