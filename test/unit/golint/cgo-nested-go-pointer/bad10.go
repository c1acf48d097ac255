// Fails: run: panic: runtime error: .*cgo.* has Go pointer to unpinned Go pointer
// The rows of a matrix, collected in a slice.
package main

/*
static float sum(float **rows, int n) { return rows[0][0] + n; }
*/
import "C"

import "unsafe"

func sum(m [][]float32) float32 {
	rows := make([]*C.float, 0, len(m))
	for _, row := range m {
		if len(row) > 0 {
			rows = append(rows, (*C.float)(unsafe.Pointer(unsafe.SliceData(row))))
		}
	}
	if len(rows) == 0 {
		return 0
	}
	return float32(C.sum(&rows[0], C.int(len(rows)))) // want cgo-nested-go-pointer
}

func main() { println(sum([][]float32{{1, 2}, {3, 4}})) }
