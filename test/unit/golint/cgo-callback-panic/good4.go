package main

/*
extern void onToken(int token);
static inline void generate(int token) { onToken(token); }
*/
import "C"

type sink struct{ tokens chan int }

func (s *sink) put(token int) { s.tokens <- token }

var out = &sink{tokens: make(chan int, 1)}

//export onToken
func onToken(token C.int) {
	out.put(int(token))
	twice := func(n int) int { return 2 * n }
	_ = twice(int(token))
}

func main() {
	C.generate(1)
	<-out.tokens
}
