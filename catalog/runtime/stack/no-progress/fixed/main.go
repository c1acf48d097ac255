// Splits a document into chunks for embedding, by ever finer separators.
package main

import (
	"fmt"
	"runtime/debug"
	"strings"
)

type splitter struct {
	separators []string
	limit      int
}

// split cuts text into chunks of at most limit bytes where a separator allows it.
func (s splitter) split(text string, separators []string) []string {
	if len(text) <= s.limit || len(separators) == 0 {
		return []string{text}
	}
	var chunks []string
	for _, part := range strings.SplitAfter(text, separators[0]) {
		if len(part) > s.limit {
			chunks = append(chunks, s.split(part, separators[1:])...)
			continue
		}
		chunks = append(chunks, part)
	}
	return chunks
}

func main() {
	// A small limit keeps the crash cheap; the default is 1 GB.
	debug.SetMaxStack(32 << 20)
	s := splitter{separators: []string{"\n\n", "\n", " "}, limit: 24}
	doc := "Goroutines are cheap.\n\nA stack grows on demand up to its limit."
	fmt.Println("chunks", len(s.split(doc, s.separators)))
}
