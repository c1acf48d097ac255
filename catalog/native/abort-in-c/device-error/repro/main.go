// Reserves key-value slots on a device for every sequence a request asks for.
package main

// #include "device.h"
import "C"

import (
	"errors"
	"fmt"
	"unsafe"
)

var errBusy = errors.New("no room on the device, try again later")

const bytesPerToken = 16 << 10

type Sequence struct {
	kv unsafe.Pointer
}

// reserve takes the memory for the sequence's whole context.
func reserve(contextLength int) (*Sequence, error) {
	need := C.size_t(contextLength * bytesPerToken)
	return &Sequence{kv: C.dev_alloc(need)}, nil
}

func main() {
	for i := range 3 {
		seq, err := reserve(2048)
		if err != nil {
			fmt.Println("503:", err)
			continue
		}
		fmt.Println("200: sequence", i)
		defer C.dev_release(seq.kv)
	}
}
