// Reads 8-bit weights with the block size of another converter; every scale but the first is wrong.
package main

import (
	"fmt"
	"math"
)

// quantised is a tensor as it lies in the file: one scale for each block of weights.
type quantised struct {
	scales    []float32
	weights   []int8
	blockSize int // as the converter recorded it
}

func quantise(values []float32, blockSize int) quantised {
	q := quantised{blockSize: blockSize, weights: make([]int8, len(values))}
	for start := 0; start < len(values); start += blockSize {
		block := values[start : start+blockSize]
		var largest float64
		for _, value := range block {
			largest = max(largest, math.Abs(float64(value)))
		}
		scale := float32(largest / math.MaxInt8)
		q.scales = append(q.scales, scale)
		for i, value := range block {
			q.weights[start+i] = int8(math.Round(float64(value / scale)))
		}
	}
	return q
}

func dequantise(q quantised) []float32 {
	values := make([]float32, len(q.weights))
	for i, weight := range q.weights {
		values[i] = float32(weight) * q.scales[i/q.blockSize]
	}
	return values
}

func main() {
	values := make([]float32, 256)
	for i := range values {
		values[i] = float32(1+i/32) * float32(math.Sin(float64(i)))
	}
	var worst float64
	for i, value := range dequantise(quantise(values, 32)) {
		worst = max(worst, math.Abs(float64(value-values[i])))
	}
	fmt.Println("weights agree within one per cent of the largest:", worst < 0.08)
}
