// Runs attention over a padded batch; a row of padding has every score masked away.
package main

import (
	"errors"
	"fmt"
	"math"
)

var masked = math.Inf(-1)

// softmax turns scores into weights that add up to one.
func softmax(scores []float64) []float64 {
	highest := masked
	for _, score := range scores {
		highest = max(highest, score)
	}
	weights := make([]float64, len(scores))
	if highest == masked {
		return weights
	}
	sum := 0.0
	for i, score := range scores {
		weights[i] = math.Exp(score - highest)
		sum += weights[i]
	}
	for i := range weights {
		weights[i] /= sum
	}
	return weights
}

// attend gives, for each row of the batch, the weighted sum of the values.
func attend(scores [][]float64, values []float64) []float64 {
	out := make([]float64, len(scores))
	for row := range scores {
		for i, weight := range softmax(scores[row]) {
			out[row] += weight * values[i]
		}
	}
	return out
}

func sample(logits []float64) (int, error) {
	best, sum := 0, 0.0
	for token, logit := range logits {
		sum += logit
		if logit > logits[best] {
			best = token
		}
	}
	if math.IsNaN(sum) {
		return 0, errors.New("sample: logits sum to NaN, check model output")
	}
	return best, nil
}

func decode(scores [][]float64, values []float64) int {
	token, err := sample(attend(scores, values))
	if err != nil {
		panic(fmt.Errorf("failed to sample token: %w", err))
	}
	return token
}

func main() {
	values := []float64{1, 4, 2}
	fmt.Println("full batch: token", decode([][]float64{{0, 1, masked}, {1, 2, 3}}, values))
	fmt.Println("padded batch: token", decode([][]float64{{0, 1, masked}, {masked, masked, masked}}, values))
}
