// Samples a token from the candidates that top-p leaves; a strict setting leaves none.
package main

import (
	"errors"
	"fmt"
	"math/rand"
)

var errNoCandidates = errors.New("no candidate token is left")

type candidate struct {
	id          int
	probability float64
}

func keepLikely(candidates []candidate, minimum float64) []candidate {
	var kept []candidate
	for _, c := range candidates {
		if c.probability >= minimum {
			kept = append(kept, c)
		}
	}
	return kept
}

func sample(rng *rand.Rand, candidates []candidate) (int, error) {
	return candidates[rng.Intn(len(candidates))].id, nil
}

func main() {
	rng := rand.New(rand.NewSource(1))
	candidates := []candidate{{17, 0.6}, {42, 0.4}}
	for _, minimum := range []float64{0.5, 0.9} {
		id, err := sample(rng, keepLikely(candidates, minimum))
		fmt.Println("token", id, err)
	}
}
