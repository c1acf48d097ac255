// Program that needs a library of its own, so that tests can take the library away.
package main

/*
#cgo LDFLAGS: -ltiny
int tiny_answer(void);
*/
import "C"

func main() { println(C.tiny_answer()) }
