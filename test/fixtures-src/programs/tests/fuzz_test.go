//go:build go1.18
// +build go1.18

package tokenizer

import "testing"

func FuzzWord(f *testing.F) {
	f.Add(0)
	f.Fuzz(func(t *testing.T, id int) {
		v := &Vocabulary{words: []string{"<s>"}}
		v.Word(id + 1)
	})
}
