package main

// static int accept(int token) { return token < 3; }
import "C"

// It stops in between; one call could not.
func main() {
	tokens := make([]int32, 4)
	for i, token := range tokens {
		if C.accept(C.int(token)) == 0 {
			break
		}
		tokens[i]++
	}
}
