// Detokenizer: turns generated token ids into text with the vocabulary of a model.
package main

import (
	"fmt"
	"strings"
)

type vocabulary struct {
	model  string
	pieces []string
}

func newVocabulary(model string, size int) *vocabulary {
	v := &vocabulary{model: model, pieces: make([]string, size)}
	for id := range v.pieces {
		v.pieces[id] = fmt.Sprintf("<%d>", id)
	}
	return v
}

func (v *vocabulary) decode(ids []int32) (string, error) {
	var text strings.Builder
	for _, id := range ids {
		text.WriteString(v.pieces[id])
	}
	return text.String(), nil
}

func main() {
	v := newVocabulary("llama2", 32000)
	// The sampler runs on llama3, whose vocabulary has 128256 entries.
	for _, ids := range [][]int32{{9906, 1917}, {9906, 128009}} {
		text, err := v.decode(ids)
		fmt.Printf("%q %v\n", text, err)
	}
}
