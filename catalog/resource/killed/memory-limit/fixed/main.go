// A server whose model runner is a child process with a memory budget, as a container's limit gives it.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

const (
	budget    = 192 << 20
	stepBytes = 8 << 20
)

// enforce ends the process once it holds more than the budget, as the kernel does for a cgroup.
func enforce(p *os.Process) {
	for {
		statm, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", p.Pid))
		fields := strings.Fields(string(statm))
		if err != nil || len(fields) < 2 {
			return
		}
		pages, _ := strconv.Atoi(fields[1])
		if pages*os.Getpagesize() > budget {
			fmt.Printf("Memory cgroup out of memory: Killed process %d (runner)\n", p.Pid)
			p.Kill()
			return
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// run generates tokens; every step keeps its activations.
func run(steps int) {
	var kept [][]byte
	for range steps {
		activations := make([]byte, stepBytes)
		for i := range activations {
			activations[i] = 1
		}
		kept = append(kept[:0], activations)
		time.Sleep(10 * time.Millisecond)
	}
	fmt.Println("generated", steps, "tokens")
}

func main() {
	if len(os.Args) > 1 {
		run(64)
		return
	}
	runner := exec.Command("/proc/self/exe", "runner")
	runner.Stdout, runner.Stderr = os.Stdout, os.Stderr
	err := runner.Start()
	if err == nil {
		go enforce(runner.Process)
		err = runner.Wait()
	}
	if err != nil {
		fmt.Println("llm runner process has terminated:", err)
		os.Exit(1)
	}
}
