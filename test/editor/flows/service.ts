/** A small Go module whose program and tests crash for real. */
import { makeWorkspace, type Workspace } from "../driver/workspace.ts";

const SCORES = `package main

// sumScores adds up the scores of a beam.
func sumScores(scores []float64) float64 {
	total := 0.0
	for i := 0; i <= len(scores); i++ {
		total += scores[i]
	}
	return total
}
`;

const MAIN = `package main

import "fmt"

func main() {
	fmt.Println(sumScores([]float64{0.5, 0.25, 0.125}))
}
`;

const TEST = `package main

import "testing"

func TestSum(t *testing.T) {
	if got := sumScores([]float64{1, 2}); got != 3 {
		t.Fatal(got)
	}
}

func BenchmarkSum(b *testing.B) {
	for b.Loop() {
		sumScores([]float64{1})
	}
}
`;

export const MENDED = SCORES.replace("i <= len", "i < len");

export function beamService(more: Readonly<Record<string, string>> = {}): Workspace {
  return makeWorkspace({
    "go.mod": "module example.com/beam\n\ngo 1.24\n",
    "scores.go": SCORES,
    "main.go": MAIN,
    "scores_test.go": TEST,
    ...more,
  });
}
