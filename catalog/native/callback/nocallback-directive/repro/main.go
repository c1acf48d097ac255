// Scores two rows with a C function that was declared never to call back, for speed.
package main

// #cgo noescape score_row
// #cgo nocallback score_row
// #include "score.h"
import "C"

import (
	"fmt"
	"math"
)

//export logWarning
func logWarning(column C.int) {
	fmt.Println("not finite: column", column)
}

// scoreRow adds up the finite values.
func scoreRow(row []float32) float32 {
	return float32(C.score_row((*C.float)(&row[0]), C.int(len(row))))
}

func main() {
	fmt.Println("score", scoreRow([]float32{1, 2}))
	fmt.Println("score", scoreRow([]float32{1, float32(math.Inf(1))}))
}
