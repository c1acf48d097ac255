// Fails: run: C is told 4464 tokens instead of 70000
package main

// static int told(unsigned short n) { return n; }
import "C"

import "fmt"

func submit(tokens []int32) int {
	return int(C.told(C.ushort(len(tokens)))) // want cgo-int-narrowing
}

func main() {
	fmt.Printf("C is told %d tokens instead of 70000\n", submit(make([]int32, 70000)))
}
