package main

/*
extern void onToken(int token);
static inline void generate(int token) { onToken(token); }
*/
import "C"

var tokens []int

//export onToken
func onToken(token C.int) {
	tokens = append(tokens, int(token))
}

// Not exported, and not C's to call.
func check(n int) {
	if n < 0 {
		panic("negative")
	}
}

func main() {
	C.generate(1)
	check(len(tokens))
}
