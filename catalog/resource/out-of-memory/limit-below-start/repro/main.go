// Starts an inference worker under the address space limit of a batch system.
package main

import (
	"fmt"
	"os"
	"syscall"
)

// addressSpace is what the job asks for. Go reserves several hundred megabytes that it never touches.
const addressSpace = 96 << 20

// startWorker runs the program again below the limit.
func startWorker() error {
	err := syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: addressSpace, Max: addressSpace})
	if err != nil {
		return err
	}
	return syscall.Exec("/proc/self/exe", []string{"worker", "-worker"}, os.Environ())
}

func main() {
	if len(os.Args) > 1 {
		fmt.Println("worker is up")
		return
	}
	fmt.Println("start:", startWorker())
}
