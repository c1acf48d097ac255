package main

/*
extern void onToken(int token);
static inline void generate(int token) { onToken(token); }
*/
import "C"

import "fmt"

var handler = func(token int) { panic(token) }

func contain() {
	if r := recover(); r != nil {
		fmt.Println("contained", r)
	}
}

//export onToken
func onToken(token C.int) {
	defer contain()
	handlers := []func(int){handler}
	handlers[0](int(token))
}

func main() {
	C.generate(1)
}
