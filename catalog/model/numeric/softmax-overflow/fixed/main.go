// Samples a token from logits in 32-bit floats, without taking the highest logit off first.
package main

import (
	"fmt"
	"math"
	"slices"
)

func softmax(logits []float32) []float32 {
	highest := slices.Max(logits)
	sum := float32(0)
	probabilities := make([]float32, len(logits))
	for i, logit := range logits {
		probabilities[i] = float32(math.Exp(float64(logit - highest)))
		sum += probabilities[i]
	}
	for i := range probabilities {
		probabilities[i] /= sum
	}
	return probabilities
}

// sample walks the distribution until it has passed the draw, a number from 0 to 1.
func sample(logits []float32, draw float32) int {
	passed := float32(0)
	probabilities := softmax(logits)
	for token, probability := range probabilities {
		passed += probability
		if passed >= draw {
			return token
		}
	}
	return len(probabilities) - 1
}

func main() {
	logits := []float32{1, 12, 3, 2}
	fmt.Println("mild logits: token", sample(logits, 0.5))
	for i := range logits {
		logits[i] *= 10
	}
	fmt.Println("sharp logits: token", sample(logits, 0.5))
}
