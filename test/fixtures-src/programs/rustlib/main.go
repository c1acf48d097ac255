// A Rust library that panics under cgo: Rust's words come first, then Go's SIGABRT.
package main

/*
#cgo LDFLAGS: ${SRCDIR}/libtokenizer.a -lpthread -ldl -lm
extern int tokenize(int at);
*/
import "C"

import "fmt"

func main() {
	fmt.Println("tokenizing")
	C.tokenize(9) // @tokenize
}
