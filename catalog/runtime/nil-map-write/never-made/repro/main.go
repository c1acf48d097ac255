// Counts the finish reasons of completions in a map that was declared and never made.
package main

import "fmt"

type completion struct {
	id     string
	reason string
}

func countReasons(completions []completion) map[string]int {
	var counts map[string]int
	for _, c := range completions {
		counts[c.reason]++
	}
	return counts
}

func main() {
	counts := countReasons([]completion{
		{"cmpl-1", "stop"},
		{"cmpl-2", "length"},
		{"cmpl-3", "stop"},
	})
	fmt.Println("stop:", counts["stop"], "length:", counts["length"])
}
