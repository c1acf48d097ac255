package main

import (
	"syscall"
	"unsafe"
)

func get(fd uintptr) (size [4]uint16) {
	_, _, _ = syscall.Syscall(syscall.SYS_IOCTL, fd, 0x5413, uintptr(unsafe.Pointer(&size)))
	return size
}

func mapped(addr, n uintptr) byte {
	end := addr + n - 1
	return *(*byte)(unsafe.Pointer(end)) // where it comes from is not known
}

func main() {
	println(get(0)[0])
	_ = mapped
}
