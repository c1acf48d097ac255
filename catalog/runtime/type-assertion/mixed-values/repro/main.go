// Keeps settings of several types under any; the reader of the token limit expects an int.
package main

import "fmt"

type tokenCount int

type settings struct{ values map[string]any }

func (s *settings) limit() int {
	return s.values["limit"].(int)
}

func fromModel(context tokenCount) *settings {
	return &settings{values: map[string]any{"name": "small", "limit": context}}
}

func main() {
	fmt.Println("limit", fromModel(4096).limit())
}
