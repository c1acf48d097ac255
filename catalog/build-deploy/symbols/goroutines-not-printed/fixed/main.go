// Starts a server with the environment of its image; its watchdog panics when a model does not load in time.
package main

import (
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

// awaitShard waits for a download slot that another load has not given back.
func awaitShard(slots chan struct{}) {
	slots <- struct{}{}
}

func watch(loaded chan struct{}) {
	select {
	case <-loaded:
	case <-time.After(100 * time.Millisecond):
		panic("model load took more than 100ms")
	}
}

func serve() {
	slots, loaded := make(chan struct{}, 1), make(chan struct{})
	slots <- struct{}{}
	go func() {
		awaitShard(slots)
		close(loaded)
	}()
	watch(loaded)
}

func main() {
	log.SetFlags(0)
	if len(os.Args) > 1 {
		serve()
		return
	}
	self, err := os.Executable()
	if err != nil {
		log.Fatal(err)
	}
	server := exec.Command(self, "serve")
	server.Env = environment()
	trace, _ := server.CombinedOutput()
	fmt.Println("the text shows who gave up:", strings.Contains(string(trace), "main.watch("))
	fmt.Println("the text shows what it waited for:", strings.Contains(string(trace), "main.awaitShard("))
}
