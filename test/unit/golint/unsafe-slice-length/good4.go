package main

import (
	"errors"
	"unsafe"
)

// View checks before it trusts.
func View(p unsafe.Pointer, n int) ([]byte, error) {
	if p == nil || n <= 0 {
		return nil, errors.New("nothing")
	}
	return unsafe.Slice((*byte)(p), n), nil
}

func view(p *byte, n int) []byte { return unsafe.Slice(p, max(n, 0)) }

func main() {
	var b byte
	_, _ = View(unsafe.Pointer(&b), 1)
	_ = view(&b, 1)
}
