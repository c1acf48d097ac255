// A Go library inside another program: `host.py` loads it and calls in.
package main

import "C"

import "fmt"

var scores = []int{1, 2, 3}

//export goScore
func goScore(token C.int) C.int {
	return C.int(scores[token]) // @shared
}

//export goHang
func goHang() {
	fmt.Println(<-make(chan int)) // @shared-hang
}

func main() {}
