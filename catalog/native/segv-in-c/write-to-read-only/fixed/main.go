// Normalizes the labels of a classifier with the text functions of a C tokenizer.
package main

// #include <stdlib.h>
// #include "text.h"
import "C"

import (
	"fmt"
	"unsafe"
)

// normalize returns the label in small letters.
func normalize(label string) string {
	text := C.CString(label)
	defer C.free(unsafe.Pointer(text))
	C.text_lower(text, C.int(len(label)))
	return C.GoStringN(text, C.int(len(label)))
}

func main() {
	fmt.Println(normalize("Yes"))
}
