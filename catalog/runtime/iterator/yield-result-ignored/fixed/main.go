// Looks up the first chunk of a document that mentions a word, for a retrieval prompt.
package main

import (
	"fmt"
	"iter"
	"strings"
)

type document struct{ text string }

// chunks yields the paragraphs that are not blank.
func (d *document) chunks() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, paragraph := range strings.Split(d.text, "\n\n") {
			if strings.TrimSpace(paragraph) == "" {
				continue
			}
			if !yield(paragraph) {
				return
			}
		}
	}
}

func find(d *document, word string) string {
	for chunk := range d.chunks() {
		if strings.Contains(chunk, word) {
			return chunk
		}
	}
	return ""
}

func main() {
	d := &document{"queue\n\ncache of keys\n\nslots\n\n"}
	fmt.Println("found:", find(d, "cache"))
}
