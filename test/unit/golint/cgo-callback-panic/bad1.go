// Fails: run: panic: negative token
package main

/*
extern void onToken(int token);
static inline void generate(int token) { onToken(token); }
*/
import "C"

//export onToken
func onToken(token C.int) {
	if token < 0 {
		panic("negative token") // want cgo-callback-panic
	}
}

func main() {
	C.generate(-1)
}
