// Reports the mean token count per request of a time window that can be empty.
package main

import "fmt"

type window struct {
	name   string
	tokens []int
}

func mean(values []int) int {
	if len(values) == 0 {
		return 0
	}
	sum := 0
	for _, v := range values {
		sum += v
	}
	return sum / len(values)
}

func report(windows []window) {
	for _, w := range windows {
		fmt.Printf("%s: %d tokens per request\n", w.name, mean(w.tokens))
	}
}

func main() {
	report([]window{
		{"10:00", []int{120, 80, 100}},
		{"10:05", nil},
	})
}
