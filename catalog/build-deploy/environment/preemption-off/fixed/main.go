// Starts a server with the environment of its image: one request works through a long vector, others allocate.
package main

import (
	_ "embed"
	"fmt"
	"log"
	"os"
	"os/exec"
	"runtime"
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

// checksum of the weights: a loop without a call in it.
func checksum(weights []int8, rounds int) int {
	sum := 0
	for range rounds {
		for _, w := range weights {
			sum = sum*31 + int(w)
		}
	}
	return sum
}

// serve measures how long a collection takes while the checksum runs.
func serve() {
	runtime.GOMAXPROCS(2)
	weights := make([]int8, 1<<16)
	begun, done := time.Now(), make(chan time.Duration)
	go func() {
		sum := checksum(weights, 12_000)
		done <- time.Since(begun)
		_ = sum
	}()
	time.Sleep(20 * time.Millisecond)
	start := time.Now()
	runtime.GC()
	collection := time.Since(start)
	loop := <-done
	fmt.Println("a collection waited for the loop to end:", collection > loop/2)
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
