// Command service crashes with an index out of range while goroutines wait for a mutex, a channel and a WaitGroup.
package main

import (
	"fmt"
	"os"
	"sync"
	"time"
)

type request struct {
	model  string
	tokens []int
}

type registry struct {
	mu     sync.Mutex
	models map[string]int
}

func (r *registry) add(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.models[name]++
}

func waitForTokens(tokens chan int) {
	fmt.Println(<-tokens)
}

//go:noinline
func pick(r *request, position int) int {
	scale := 2
	value := r.tokens[position] * scale
	return value
}

func main() {
	var all sync.WaitGroup
	shared := &registry{models: map[string]int{}}
	shared.mu.Lock()
	tokens := make(chan int)
	for range 3 {
		go shared.add("tiny")
	}
	for range 5 {
		go waitForTokens(tokens)
	}
	all.Add(1)
	go all.Wait()
	time.Sleep(50 * time.Millisecond)
	r := &request{model: "tiny", tokens: []int{1, 2, 3}}
	fmt.Fprintln(os.Stderr, "loaded", r.model)
	fmt.Println(pick(r, len(os.Args)+4))
}
