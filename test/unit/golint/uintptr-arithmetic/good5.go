package main

import (
	"fmt"
	"syscall"
	"unsafe"
)

// The kernel's answer is an address of mapped memory, which nobody collects.
func mapped(n uintptr) (unsafe.Pointer, error) {
	address, _, errno := syscall.Syscall6(syscall.SYS_MMAP, 0, n, 3, 0x22, ^uintptr(0), 0)
	if errno != 0 {
		return nil, errno
	}
	return *(*unsafe.Pointer)(unsafe.Pointer(&address)), nil
}

// The address of a method of one's own, of unknown origin.
type region interface{ Pointer() uintptr }

func open(r region) uintptr { return r.Pointer() + 16 }

type fixed uintptr

func (f fixed) Pointer() uintptr { return uintptr(f) }

func main() {
	p, err := mapped(4096)
	fmt.Println(p != nil, err, open(fixed(16)))
}
