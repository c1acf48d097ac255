// A tiny decoder: embedding, RMS norm, output matrix, greedy sampling. One row of the embeddings is all zero.
package main

import (
	"fmt"
	"math"
)

var vocabulary = []string{"<pad>", "why", "sky", "blue"}

// embedding has a row of zeros for the padding token, which the checkpoint never trained.
var embedding = [][]float32{{0, 0, 0}, {0.4, -1, 0.2}, {-0.3, 0.8, 1}, {1, 0.1, -0.6}}

var output = [][]float32{{0.1, 0.2, 0.1}, {0.9, -0.4, 0.3}, {-0.2, 1.1, 0.7}, {0.8, 0.6, -0.5}}

const epsilon = 1e-6

// rmsNorm scales x to a mean square of one.
func rmsNorm(x []float32) []float32 {
	var sum float32
	for _, v := range x {
		sum += v * v
	}
	scale := 1 / float32(math.Sqrt(float64(sum/float32(len(x))+epsilon)))
	scaled := make([]float32, len(x))
	for i, v := range x {
		scaled[i] = v * scale
	}
	return scaled
}

func forward(token int) []float32 {
	hidden := rmsNorm(embedding[token])
	logits := make([]float32, len(output))
	for i, row := range output {
		for j, weight := range row {
			logits[i] += weight * hidden[j]
		}
	}
	return logits
}

// argmax is the token with the highest logit.
func argmax(logits []float32) int {
	best, highest := -1, float32(math.Inf(-1))
	for token, logit := range logits {
		if logit > highest {
			best, highest = token, logit
		}
	}
	return best
}

func next(token int) string {
	return vocabulary[argmax(forward(token))]
}

func main() {
	for _, token := range []int{1, 2, 0} {
		fmt.Println(vocabulary[token], "->", next(token))
	}
}
