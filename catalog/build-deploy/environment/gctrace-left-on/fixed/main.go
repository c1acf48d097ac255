// Starts an inference server with the environment of its image; it writes its log to standard error.
package main

import (
	_ "embed"
	"fmt"
	"log"
	"os"
	"os/exec"
	"runtime"
	"strings"
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

// serve answers prompts, each with a buffer of its own, and logs one line of JSON for each.
func serve() {
	log.SetFlags(0)
	for request := range 20 {
		activations := make([]float32, 1<<20)
		activations[request] = 1
		log.Printf(`{"request":%d,"tokens":%d}`, request, len(activations)>>14)
		runtime.KeepAlive(activations)
	}
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "serve" {
		serve()
		return
	}
	self, err := os.Executable()
	if err != nil {
		log.Fatal(err)
	}
	server := exec.Command(self, "serve")
	server.Env = environment()
	output, err := server.CombinedOutput()
	if err != nil {
		log.Fatal(err)
	}
	foreign := 0
	for _, line := range strings.Split(strings.TrimSpace(string(output)), "\n") {
		if !strings.HasPrefix(line, "{") {
			foreign++
			if foreign == 1 {
				fmt.Println("first line that is no JSON:", line)
			}
		}
	}
	fmt.Println("log is JSON throughout:", foreign == 0)
}
