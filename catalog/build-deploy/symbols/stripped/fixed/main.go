// Releases a small server and asks the binary for what a debugger and a native profiler need.
package main

import (
	"debug/elf"
	"fmt"
	"log"
	"os"
	"os/exec"
	"strings"
)

const source = `package main

import "os"

//go:noinline
func softmax(logits []float64) float64 { return logits[len(os.Args)] }

func main() { println(softmax(make([]float64, 1))) }
`

// buildFlags are those of the release.
var buildFlags = []string{"-buildvcs=false", "-ldflags="}

func release() (string, error) {
	if err := os.WriteFile("server.go", []byte(source), 0o644); err != nil {
		return "", err
	}
	command := exec.Command("go", append(append([]string{"build"}, buildFlags...), "-o", "server", "server.go")...)
	if output, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, output)
	}
	return "./server", nil
}

func main() {
	log.SetFlags(0)
	path, err := release()
	if err != nil {
		log.Fatal(err)
	}
	binary, err := elf.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer binary.Close()
	symbols, _ := binary.Symbols()
	dwarf := binary.Section(".debug_info") != nil || binary.Section(".zdebug_info") != nil
	trace, _ := exec.Command(path).CombinedOutput()
	fmt.Println("symbol table:", len(symbols) > 0)
	fmt.Println("debug information:", dwarf)
	fmt.Println("crash names the line:", strings.Contains(string(trace), "server.go:6"))
}
