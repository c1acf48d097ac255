// Fails: vet: possible misuse of unsafe.Pointer
package main

import (
	"fmt"
	"unsafe"
)

func sum(p unsafe.Pointer, n int) (total int64) {
	base := uintptr(p)
	for i := range n {
		total += *(*int64)(unsafe.Pointer(base + uintptr(8*i))) // want uintptr-arithmetic
	}
	return total
}

func main() {
	v := []int64{1, 2, 3}
	fmt.Println(sum(unsafe.Pointer(&v[0]), len(v)))
}
