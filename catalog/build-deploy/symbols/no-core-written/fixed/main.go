// Starts a server with the environment of its image, lets it panic, and asks the kernel how it ended.
package main

import (
	_ "embed"
	"fmt"
	"log"
	"os"
	"os/exec"
	"strings"
	"syscall"
)

//go:embed Dockerfile
var dockerfile string

// environment is what the image's ENV lines set.
func environment() []string {
	variables := os.Environ()
	for _, line := range strings.Split(dockerfile, "\n") {
		if setting, found := strings.CutPrefix(line, "ENV "); found {
			variables = append(variables, setting)
		}
	}
	return variables
}

// serve meets a token that the vocabulary does not have.
func serve(vocabulary []string, token int) string {
	return vocabulary[token]
}

func main() {
	log.SetFlags(0)
	if len(os.Args) > 1 {
		fmt.Println(serve([]string{"a", "b"}, len(os.Args)))
		return
	}
	self, err := os.Executable()
	if err != nil {
		log.Fatal(err)
	}
	server := exec.Command(self, "serve")
	server.Env = environment()
	trace, _ := server.CombinedOutput()
	status := server.ProcessState.Sys().(syscall.WaitStatus)
	fmt.Println("the server panicked:", strings.Contains(string(trace), "index out of range"))
	fmt.Println("ended in a way that asks for a core:", status.Signaled() && status.Signal() == syscall.SIGABRT)
}
