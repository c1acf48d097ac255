// Views a received quantisation block as a struct without a copy.
package main

import (
	"fmt"
	"unsafe"
)

type block struct {
	scale  uint16
	values [32]int8
}

// viewBlock lays the block over the received bytes.
func viewBlock(chunk []byte) (*block, error) {
	if uintptr(len(chunk)) < unsafe.Sizeof(block{}) {
		return nil, fmt.Errorf("%d bytes are no whole block", len(chunk))
	}
	return (*block)(unsafe.Pointer(&chunk[0])), nil
}

func main() {
	for _, n := range []int{34, 20} {
		b, err := viewBlock(append([]byte(nil), make([]byte, n)...))
		if err != nil {
			fmt.Println("chunk:", err)
			continue
		}
		fmt.Println("scale", b.scale, "last", b.values[31])
	}
}
