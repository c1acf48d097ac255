// Model gallery: lists models through a filter that callers may leave out.
package main

import (
	"fmt"
	"strings"
)

type filterFunc func(name string) bool

type gallery struct {
	names []string
}

type listOptions struct {
	Filter filterFunc
	Limit  int
}

func (g *gallery) list(opts listOptions) []string {
	var found []string
	for _, name := range g.names {
		if opts.Filter(name) && len(found) < opts.Limit {
			found = append(found, name)
		}
	}
	return found
}

func main() {
	g := &gallery{names: []string{"llama3:8b", "qwen2:7b", "llama3:70b"}}
	onlyLlama := func(name string) bool { return strings.HasPrefix(name, "llama3") }
	fmt.Println("llama", g.list(listOptions{Filter: onlyLlama, Limit: 10}))
	fmt.Println("all", g.list(listOptions{Limit: 10}))
}
