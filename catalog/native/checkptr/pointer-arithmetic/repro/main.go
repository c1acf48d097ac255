// Walks the rows of an embedding matrix by address to save the bounds checks.
package main

import (
	"fmt"
	"unsafe"
)

const dim = 8

var embeddings = newMatrix(4)

func newMatrix(rows int) []float32 {
	m := make([]float32, rows*dim)
	for i := range m {
		m[i] = float32(i)
	}
	return m
}

// sumColumn adds up the first column of n rows.
func sumColumn(matrix []float32, n int) float32 {
	at := unsafe.Pointer(&matrix[0])
	total := float32(0)
	for row := 0; row < n; row++ {
		total += *(*float32)(at)
		at = unsafe.Pointer(uintptr(at) + dim*unsafe.Sizeof(matrix[0]))
	}
	return total
}

func main() {
	fmt.Println("sum", sumColumn(embeddings, 4))
}
