// Converts uploaded documents with a native child process and reports how it ended.
package main

import "C"

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// convert starts the worker for a document.
func convert(spec string) error {
	worker := exec.Command("/proc/self/exe")
	worker.Env = append(os.Environ(), "CONVERT_SPEC="+spec)
	worker.Stdout, worker.Stderr = os.Stdout, os.Stderr
	if err := worker.Run(); err != nil {
		return fmt.Errorf("convert worker has ended: %w", err)
	}
	return nil
}

func main() {
	for _, spec := range []string{"page_bytes=4096", "page_bytes"} {
		if err := convert(spec); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println("converted", strings.TrimPrefix(spec, "page_bytes="))
	}
}
