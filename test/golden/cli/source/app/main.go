// Sums the scores of a beam.
package main

import "fmt"

func sumScores(scores []float64) float64 {
	total := 0.0
	for i := 0; i <= len(scores); i++ {
		total += scores[i]
	}
	return total
}

func main() {
	fmt.Println("total", sumScores([]float64{0.5, 0.25, 1}))
}
