// Keeps settings in fields, so that the compiler checks who writes them.
package main

import "fmt"

type tokenCount int

type settings struct {
	name  string
	limit tokenCount
}

func fromModel(context tokenCount) *settings {
	return &settings{name: "small", limit: context}
}

func main() {
	fmt.Println("limit", fromModel(4096).limit)
}
