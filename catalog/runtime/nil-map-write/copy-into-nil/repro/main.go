// Merges the labels of a request into those of its trace span, whose map is still nil.
package main

import (
	"fmt"
	"maps"
)

type span struct {
	name   string
	labels map[string]string
}

func (s *span) annotate(labels map[string]string) {
	maps.Copy(s.labels, labels)
}

func startSpan(name string, labels map[string]string) *span {
	s := &span{name: name}
	s.annotate(labels)
	return s
}

func main() {
	s := startSpan("prefill", map[string]string{"model": "llama3:8b", "tenant": "acme"})
	fmt.Println(s.name, len(s.labels), "labels")
}
