package main

import (
	"os"
	"reflect"
	"syscall"
	"unsafe"
)

// What the kernel answers was never a pointer of Go.
func mapped(n int) []byte {
	at, _, no := syscall.Syscall6(syscall.SYS_MMAP, 0, uintptr(n), syscall.PROT_READ, syscall.MAP_PRIVATE|syscall.MAP_ANON, ^uintptr(0), 0)
	if no != 0 {
		println(no.Error())
		os.Exit(1)
	}
	h := reflect.SliceHeader{Data: uintptr(at), Len: n, Cap: n}
	return *(*[]byte)(unsafe.Pointer(&h))
}

func main() { println(len(mapped(4096))) }
