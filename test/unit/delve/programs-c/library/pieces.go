// Command pieces is a library of Go for programs of C.
package main

import "C"
import "strings"

type tokenizer struct{ vocabulary []string }

func (t *tokenizer) piece(token int) string { return strings.ToUpper(t.vocabulary[token]) }

var model = &tokenizer{vocabulary: []string{"a", "b"}}

//export PieceLength
func PieceLength(token C.int) C.int { return C.int(len(model.piece(int(token)))) }

func main() {}
