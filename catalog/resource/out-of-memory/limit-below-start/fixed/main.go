// Starts an inference worker under the address space limit of a batch system.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
)

// addressSpace is what the job asks for, in kilobytes. Go reserves several hundred megabytes that it never touches.
const addressSpace = "4194304"

// startWorker runs the program again below the limit, as a job script does.
func startWorker() error {
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	worker := exec.Command("sh", "-c", `ulimit -v "$1" && exec "$2" worker`, "sh", addressSpace, exe)
	worker.Stdout, worker.Stderr = os.Stdout, os.Stderr
	return worker.Run()
}

func main() {
	if len(os.Args) > 1 {
		fmt.Println("worker is up")
		return
	}
	var ended *exec.ExitError
	if errors.As(startWorker(), &ended) {
		os.Exit(ended.ExitCode())
	}
}
