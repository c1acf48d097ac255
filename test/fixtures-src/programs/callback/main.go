// Go calls C calls Go, which panics: C's frames stand between, unseen.
package main

// extern int each(int n);
import "C"

var scores = []int{1, 2, 3}

func main() {
	C.each(3) // @callback-call
}
