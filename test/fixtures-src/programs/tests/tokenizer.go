// Package tokenizer gives its tests something to fail in.
package tokenizer

import "fmt"

type Vocabulary struct{ words []string }

//go:noinline
func (v *Vocabulary) Word(id int) string {
	return v.words[id] // @word
}

//go:noinline
func Merge(counts map[string]int, word string) {
	counts[word]++ // @merge
	fmt.Println("merged", word)
}
