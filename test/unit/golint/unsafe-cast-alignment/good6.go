package main

import "unsafe"

type frame struct {
	before *uint64
	after  uintptr
}

// An address to compare with: nobody reads a number there.
func place(stack []byte) frame {
	return frame{before: (*uint64)(unsafe.Pointer(&stack[10])), after: uintptr(unsafe.Pointer(&stack[14]))}
}

func main() {
	stack := make([]byte, 32)
	f := place(stack)
	println(f.after - uintptr(unsafe.Pointer(f.before)))
}
