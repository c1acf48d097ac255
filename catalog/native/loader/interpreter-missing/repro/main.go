// Builds a model runner for the libc of the build stage and starts it on this machine, whose libc is glibc.
package main

import (
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

//go:embed Dockerfile
var dockerfile string

const source = `
#include <stdio.h>
int main(void) { puts("runner ready"); return 0; }
`

// loaders that the images' compilers write into what they link.
var loaders = map[string]string{"alpine": "/lib/ld-musl-x86_64.so.1"}

// build links for the distribution of the build stage.
func build(path string) error {
	arguments := []string{"-x", "c", "-", "-o", path}
	_, from, _ := strings.Cut(dockerfile, "FROM ")
	distribution, _, _ := strings.Cut(from, ":")
	if loader, found := loaders[distribution]; found {
		arguments = append(arguments, "-Wl,--dynamic-linker="+loader)
	}
	compiler := exec.Command("cc", arguments...)
	compiler.Stdin, compiler.Stderr = strings.NewReader(source), os.Stderr
	return compiler.Run()
}

// startRunner waits for the runner's first line.
func startRunner(path string) (string, error) {
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("model runner is not installed: %w", err)
	}
	ready, err := exec.Command(path).Output()
	if err != nil {
		return "", fmt.Errorf("start model runner: %w", err)
	}
	return string(ready), nil
}

func mustStart(path string) string {
	ready, err := startRunner(path)
	if err != nil {
		panic(err)
	}
	return ready
}

func main() {
	if err := build("./runner"); err != nil {
		panic(err)
	}
	fmt.Print(mustStart("./runner"))
}
