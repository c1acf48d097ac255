// Package panics reads one element too many.
package panics

// Sum adds the scores.
func Sum(scores []float64) float64 {
	total := 0.0
	for i := 0; i <= len(scores); i++ {
		total += scores[i]
	}
	return total
}
