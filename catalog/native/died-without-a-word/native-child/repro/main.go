// Runs a native model runner as a child process and reports how it ended.
package main

import "C"

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// load starts the runner for a model.
func load(spec string) error {
	runner := exec.Command("/proc/self/exe")
	runner.Env = append(os.Environ(), "RUNNER_SPEC="+spec)
	runner.Stdout, runner.Stderr = os.Stdout, os.Stderr
	if err := runner.Run(); err != nil {
		return fmt.Errorf("llm runner process has terminated: %w", err)
	}
	return nil
}

func main() {
	for _, spec := range []string{"layer_bytes=4096", "layer_bytes"} {
		if err := load(spec); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println("loaded", strings.TrimPrefix(spec, "layer_bytes="))
	}
}
