// Starts a server with the environment of its image; each request leaves a buffer behind, and none is kept.
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

var logits []float32

// generate needs a megabyte for one token and drops that of the token before.
func generate() {
	logits = make([]float32, 1<<18)
	for token := range logits {
		logits[token] = float32(token) / 2
	}
}

func serve() {
	for range 300 {
		generate()
	}
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	fmt.Println("collections:", stats.NumGC > 0)
	fmt.Println("heap holds most of what was ever allocated:", stats.HeapAlloc > stats.TotalAlloc/2)
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
	server.Stdout, server.Stderr = os.Stdout, os.Stderr
	if err := server.Run(); err != nil {
		log.Fatal(err)
	}
}
