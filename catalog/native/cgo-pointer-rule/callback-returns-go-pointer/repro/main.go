// Lets a C reader ask back for the text of every token.
package main

// #include <stdlib.h>
// #include "reader.h"
import "C"

import (
	"fmt"
	"unsafe"
)

var texts = map[C.int]unsafe.Pointer{}

// tokenText returns the token's text, ended by a zero byte.
//
//export tokenText
func tokenText(token C.int) *C.char {
	text := append([]byte(fmt.Sprintf("token-%d", token)), 0)
	return (*C.char)(unsafe.Pointer(&text[0]))
}

func freeTexts() {
	for _, p := range texts {
		C.free(p)
	}
}

func main() {
	defer freeTexts()
	fmt.Println("bytes", C.reader_count(3))
}
