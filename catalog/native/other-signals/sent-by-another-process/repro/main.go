// An inference worker under a watchdog that wants a sign of life at least every second.
package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"
)

const patience = time.Second

// watch reads signs of life and ends a parent that gives none, as a service manager does.
func watch(parent int) {
	alive := make(chan bool)
	go func() {
		buf := make([]byte, 1)
		for {
			if _, err := os.Stdin.Read(buf); err != nil {
				close(alive)
				return
			}
			alive <- true
		}
	}()
	for {
		select {
		case _, ok := <-alive:
			if !ok {
				return
			}
		case <-time.After(patience):
			syscall.Kill(parent, syscall.SIGABRT)
			return
		}
	}
}

// loadModel copies the layers to the device, 100 milliseconds each.
func loadModel(layers int, beat io.Writer) {
	for range layers {
		time.Sleep(100 * time.Millisecond)
	}
}

func main() {
	if os.Getenv("WATCHDOG") == "1" {
		watch(os.Getppid())
		return
	}
	dog := exec.Command("/proc/self/exe")
	dog.Env = append(os.Environ(), "WATCHDOG=1")
	beat, err := dog.StdinPipe()
	if err == nil {
		err = dog.Start()
	}
	if err != nil {
		fmt.Println("watchdog:", err)
		return
	}
	beat.Write([]byte{1})
	loadModel(20, beat)
	beat.Close()
	dog.Wait()
	fmt.Println("ready")
}
