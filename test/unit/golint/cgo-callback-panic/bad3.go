// Fails: run: panic: runtime error: invalid memory address or nil pointer dereference
package main

/*
extern void onProgress(float percent);
static inline void load(void) { onProgress(0.5f); }
*/
import "C"

type loader struct {
	progress func(float32)
	name     string
}

var current = &loader{name: "model"}

//export onProgress
func onProgress(percent C.float) {
	current.progress(float32(percent)) // want cgo-callback-panic
}

func main() {
	C.load()
}
