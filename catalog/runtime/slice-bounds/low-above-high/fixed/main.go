// Log reader: serves one page of recorded prompts.
package main

import "fmt"

type journal struct {
	prompts []string
}

func (j *journal) page(number, size int) []string {
	first := min(number*size, len(j.prompts))
	last := min(first+size, len(j.prompts))
	return j.prompts[first:last]
}

func main() {
	j := &journal{}
	for i := range 25 {
		j.prompts = append(j.prompts, fmt.Sprintf("prompt %d", i))
	}
	for number := range 5 {
		fmt.Println("page", number, len(j.page(number, 10)))
	}
}
