// Walks a deep decoding plan and carries the id of the request as the visitor's user data.
package main

import "fmt"

type visitor func(level int, user uintptr) int

func countTokens(level int, user uintptr) int {
	return level % 2
}

// descend visits the levels below and returns the tokens they hold.
func descend(level int, user uintptr, visit visitor) int {
	var scratch [512]byte
	scratch[level%len(scratch)] = 1
	if level == 0 {
		return 0
	}
	return descend(level-1, user, visit) + visit(level, user) + int(scratch[0])
}

// visitPlan makes the request's id the user data of every visit.
func visitPlan(requests []uintptr, levels int, visit visitor) (tokens int) {
	for _, id := range requests {
		user := id
		tokens += descend(levels, user, visit)
		tokens += visit(levels, user)
	}
	return tokens
}

func main() {
	fmt.Println("tokens", visitPlan([]uintptr{3, 4}, 500, countTokens))
}
