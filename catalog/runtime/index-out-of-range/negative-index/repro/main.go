// Beam search: keeps the best hypotheses and extends the last one below a score limit.
package main

import "fmt"

type hypothesis struct {
	text  string
	score float64
}

// lastBelow returns the position of the last hypothesis that scores below the limit, or -1.
func lastBelow(beam []hypothesis, limit float64) int {
	for i := len(beam) - 1; i >= 0; i-- {
		if beam[i].score < limit {
			return i
		}
	}
	return -1
}

func worst(beam []hypothesis, limit float64) (string, bool) {
	at := lastBelow(beam, limit)
	return beam[at].text, true
}

func main() {
	beam := []hypothesis{{"the sky is blue", -0.7}, {"the sky is green", -3.5}}
	for _, limit := range []float64{-1, -5} {
		text, ok := worst(beam, limit)
		fmt.Printf("limit %g: %q %v\n", limit, text, ok)
	}
}
