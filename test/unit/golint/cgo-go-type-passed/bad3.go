// Fails: run: panic: runtime error: .*cgo.* (has|is) .*Go (map|pointer)
package main

// static void keep(void *user) { (void)user; }
import "C"

import "unsafe"

func main() {
	seen := map[string]int{"a": 1}
	C.keep(unsafe.Pointer(&seen)) // want cgo-go-type-passed
}
