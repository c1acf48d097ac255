// Fails: run: C does not see the text
package main

// static int begins_with(const char *s, char c) { return s[0] == c; }
import "C"

import (
	"fmt"
	"strings"
	"unsafe"
)

func main() {
	name := strings.Repeat("~", 40)
	if C.begins_with((*C.char)(unsafe.Pointer(&name)), '~') == 0 { // want cgo-go-type-passed
		fmt.Println("C does not see the text")
	}
}
