// A streaming server that is stopped for an update while it still generates.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"
)

// stream writes tokens until it is done or asked to stop.
func stream(stop <-chan os.Signal) {
	for token := range 40 {
		select {
		case <-stop:
			fmt.Println("stream closed cleanly after", token, "tokens")
			return
		case <-time.After(25 * time.Millisecond):
		}
	}
}

func serve() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	fmt.Println("serving")
	stream(stop)
}

// rollout starts the server and stops it as an orchestrator does: SIGTERM first.
func rollout() error {
	server := exec.Command("/proc/self/exe", "serve")
	server.Stdout, server.Stderr = os.Stdout, os.Stderr
	if err := server.Start(); err != nil {
		return err
	}
	time.Sleep(500 * time.Millisecond)
	server.Process.Signal(syscall.SIGTERM)
	return server.Wait()
}

// status is the number a container runtime reports: 128 and the signal.
func status(err error) int {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return 128 + int(exit.Sys().(syscall.WaitStatus).Signal())
	}
	return 1
}

func main() {
	if len(os.Args) > 1 {
		serve()
		return
	}
	if err := rollout(); err != nil {
		fmt.Println("server container exited with code", status(err))
		os.Exit(1)
	}
}
