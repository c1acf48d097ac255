// Builds a tokenizer service as its Dockerfile says and a plain one, gives both the same work, and compares the cost.
package main

import (
	"debug/buildinfo"
	_ "embed"
	"fmt"
	"log"
	"os"
	"os/exec"
	"strings"
	"time"
)

//go:embed Dockerfile
var dockerfile string

const source = `package main

import "fmt"

// count finds word borders in a long prompt.
func count(prompt []byte) int {
	tokens := 0
	for i := 1; i < len(prompt); i++ {
		if prompt[i-1] == ' ' && prompt[i] != ' ' {
			tokens++
		}
	}
	return tokens
}

func main() {
	prompt := make([]byte, 1<<20)
	for i := range prompt {
		prompt[i] = "words and words "[i%16]
	}
	total := 0
	for range 60 {
		total += count(prompt)
	}
	fmt.Println("tokens", total)
}
`

// releaseFlags are those of the build stage's `RUN go build`.
func releaseFlags() []string {
	_, command, _ := strings.Cut(dockerfile, "RUN go build ")
	command, _, _ = strings.Cut(command, " -o")
	return strings.Fields(command)
}

func build(name string, flags ...string) error {
	arguments := append([]string{"build", "-buildvcs=false", "-o", name}, flags...)
	compiler := exec.Command("go", append(arguments, "service.go")...)
	compiler.Stderr = os.Stderr
	return compiler.Run()
}

// processorTime of one run.
func processorTime(program string) (time.Duration, error) {
	command := exec.Command(program)
	err := command.Run()
	return command.ProcessState.UserTime(), err
}

func instrumented(program string) bool {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return false
	}
	for _, setting := range info.Settings {
		if (setting.Key == "-race" || setting.Key == "-asan") && setting.Value == "true" {
			return true
		}
	}
	return false
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func main() {
	log.SetFlags(0)
	must(0, os.WriteFile("service.go", []byte(source), 0o644))
	must(0, build("./released", releaseFlags()...))
	must(0, build("./plain"))
	released, plain := must(processorTime("./released")), must(processorTime("./plain"))
	fmt.Println("a detector is in the released build:", instrumented("./released"))
	fmt.Println("more than twice the processor time of a plain build:", released > 2*plain)
}
