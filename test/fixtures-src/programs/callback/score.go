package main

import "C"

//export goScore
func goScore(token C.int) C.int {
	return C.int(scores[token]) // @callback
}
