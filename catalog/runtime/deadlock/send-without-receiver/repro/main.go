// Scores candidate answers in one pass and collects the scores over a channel.
package main

import (
	"fmt"
	"strings"
)

type candidate struct {
	id   int
	text string
}

func score(c candidate) int {
	return strings.Count(c.text, " ") + 1
}

func scoreAll(candidates []candidate) []int {
	scores := make(chan int)
	for _, c := range candidates {
		scores <- score(c)
	}
	close(scores)

	var all []int
	for s := range scores {
		all = append(all, s)
	}
	return all
}

func main() {
	candidates := []candidate{{1, "the cat sat"}, {2, "a dog"}, {3, "one two three four"}}
	fmt.Println("scores", scoreAll(candidates))
}
