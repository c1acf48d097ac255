// Starts an inference worker in a sandbox whose filter ends the thread that makes a forbidden system call.
package main

import (
	"fmt"
	"os"
	"runtime"
	"syscall"
	"unsafe"
)

const (
	prSetNoNewPrivs = 38
	prSetSeccomp    = 22
	seccompFilter   = 2
	retErrno        = 0x00050000
	retAllow        = 0x7fff0000
)

type sockFprog struct {
	n      uint16
	filter *syscall.SockFilter
}

// sandbox forbids the given system call to the current thread, as a container's seccomp profile does.
func sandbox(forbidden uint32) error {
	filter := []syscall.SockFilter{
		{Code: syscall.BPF_LD | syscall.BPF_W | syscall.BPF_ABS, K: 0}, // number of the call
		{Code: syscall.BPF_JMP | syscall.BPF_JEQ | syscall.BPF_K, K: forbidden, Jf: 1},
		{Code: syscall.BPF_RET | syscall.BPF_K, K: retErrno | uint32(syscall.EPERM)},
		{Code: syscall.BPF_RET | syscall.BPF_K, K: retAllow},
	}
	if _, _, errno := syscall.RawSyscall(syscall.SYS_PRCTL, prSetNoNewPrivs, 1, 0); errno != 0 {
		return errno
	}
	prog := sockFprog{n: uint16(len(filter)), filter: &filter[0]}
	_, _, errno := syscall.RawSyscall(syscall.SYS_PRCTL, prSetSeccomp, seccompFilter, uintptr(unsafe.Pointer(&prog)))
	if errno != 0 {
		return errno
	}
	return nil
}

// lockWeights keeps the weights out of swap.
func lockWeights(weights []byte) error {
	return syscall.Mlock(weights)
}

func main() {
	runtime.LockOSThread()
	weights := make([]byte, 1<<16)
	if err := sandbox(syscall.SYS_MLOCK); err != nil {
		fmt.Println("sandbox:", err)
		os.Exit(1)
	}
	if err := lockWeights(weights); err != nil {
		fmt.Println("weights stay swappable:", err)
	}
	fmt.Println("ready")
}
