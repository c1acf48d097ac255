// Starts a server with the environment of its image: it loads a model, unloads it, and asks the kernel what it holds.
package main

import (
	_ "embed"
	"fmt"
	"log"
	"os"
	"os/exec"
	"runtime/debug"
	"strconv"
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

const modelBytes = 128 << 20

// resident bytes of this process, as the kernel counts them.
func resident() int {
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		log.Fatal(err)
	}
	pages, _ := strconv.Atoi(strings.Fields(string(statm))[1])
	return pages * os.Getpagesize()
}

// load fills the memory of a model and returns what is resident with it.
func load() int {
	weights := make([]byte, modelBytes)
	for i := range weights {
		weights[i] = byte(i)
	}
	held := resident()
	fmt.Println("model loaded, last weight", weights[modelBytes-1])
	return held
}

func serve() {
	loaded := load()
	debug.FreeOSMemory()
	fmt.Println("unloading shows in resident memory:", loaded-resident() > modelBytes/2)
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
