package main

/*
extern int onToken(int token);
static inline int generate(int token) { return onToken(token); }
*/
import "C"

import "log"

var handler func(int)

//export onToken
func onToken(token C.int) (status C.int) {
	defer func() {
		if r := recover(); r != nil {
			log.Printf("onToken: %v", r)
			status = -1
		}
	}()
	handler(int(token))
	return 0
}

func main() {
	if C.generate(1) != -1 {
		panic("no status")
	}
}
