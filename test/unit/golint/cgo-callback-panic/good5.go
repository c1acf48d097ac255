package main

/*
extern void onToken(int token);
static inline void generate(int token) { onToken(token); }
*/
import "C"

var queue = make(chan func(), 1)

// What the literal does, it does elsewhere.
//
//export onToken
func onToken(token C.int) {
	queue <- func() {
		if token < 0 {
			panic("negative")
		}
	}
}

func main() {
	C.generate(1)
	(<-queue)()
}
