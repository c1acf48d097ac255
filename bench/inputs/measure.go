package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// measure reports what the kernel counted for the command. Its output goes through a pipe, so that no program
// mistakes it for a terminal or the null device.
func measure(command []string) {
	cmd := exec.Command(command[0], command[1:]...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		fail(err.Error())
	}
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		fail(err.Error())
	}
	read, _ := io.Copy(io.Discard, out)
	var status *exec.ExitError
	if err := cmd.Wait(); err != nil && !errors.As(err, &status) {
		fail(err.Error())
	}
	seconds := time.Since(begun).Seconds()
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	json.NewEncoder(os.Stdout).Encode(map[string]any{
		"seconds": seconds,
		"peakMB":  float64(usage.Maxrss) / 1024,
		"status":  cmd.ProcessState.ExitCode(),
		"output":  read,
		"cpu":     time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds(),
	})
}
