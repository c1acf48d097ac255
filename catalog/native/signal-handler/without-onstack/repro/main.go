// Loads a C metrics library that listens for SIGUSR1, which the server itself uses to reload its models.
package main

// #include "metrics.h"
import "C"

import (
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"syscall"
)

// warmUp fills the caches of the server; its scratch space makes the stack grow once.
func warmUp() byte {
	var scratch [256 << 10]byte
	for i := range scratch {
		scratch[i] = byte(i)
	}
	return scratch[len(scratch)/2]
}

// requestReload tells the server to read its models again.
func requestReload() error {
	_, _, errno := syscall.Syscall(syscall.SYS_TGKILL, uintptr(os.Getpid()), uintptr(syscall.Gettid()), uintptr(syscall.SIGUSR1))
	if errno != 0 {
		return errno
	}
	return nil
}

func main() {
	runtime.LockOSThread()
	reload := make(chan os.Signal, 1)
	signal.Notify(reload, syscall.SIGUSR1)
	C.metrics_install()
	warmUp()
	if err := requestReload(); err != nil {
		fmt.Println("reload:", err)
		return
	}
	<-reload
	fmt.Println("reloaded, signals seen", C.metrics_seen())
}
