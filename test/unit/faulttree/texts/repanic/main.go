// A middleware logs a panic and raises it again: what failed stands below the deepest panic call.
package main

import "fmt"

func logged(next func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println("handler failed:", r)
			panic(r)
		}
	}()
	next()
}

func decode(tokens []int) int {
	return tokens[len(tokens)]
}

func main() {
	logged(func() { fmt.Println(decode([]int{1, 2})) })
}
