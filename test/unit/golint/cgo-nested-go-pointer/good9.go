package main

/*
#include <stdlib.h>
static float sum(float **rows, int n) { return rows[0][0] + n; }
static float *row(int n) { return calloc(n + 1, sizeof(float)); }
*/
import "C"

import (
	"runtime"
	"unsafe"
)

func sum(m [][]float32) float32 {
	var pinner runtime.Pinner
	defer pinner.Unpin()
	rows := make([]*C.float, 0, len(m))
	for _, row := range m {
		p := unsafe.SliceData(row)
		pinner.Pin(p)
		rows = append(rows, (*C.float)(p))
	}
	if len(rows) == 0 {
		return 0
	}
	return float32(C.sum(&rows[0], C.int(len(rows))))
}

// The rows are C's own.
func ofC() float32 {
	var rows []*C.float
	for n := range 3 {
		rows = append(rows, C.row(C.int(n)))
	}
	defer func() {
		for _, p := range rows {
			C.free(unsafe.Pointer(p))
		}
	}()
	return float32(C.sum(&rows[0], 3))
}

func main() { println(sum([][]float32{{1, 2}, {3, 4}}), ofC()) }
