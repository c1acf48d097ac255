// Command windows fails while goroutines wait: in Go ("nil"), or in a library of the system ("dll"). For minidumps.
package main

import (
	"fmt"
	"os"
	"sync"
	"syscall"
	"time"
)

type tokenizer struct {
	name   string
	length *syscall.LazyProc
}

//go:noinline
func (t *tokenizer) count(prompt uintptr) uintptr {
	n, _, _ := t.length.Call(prompt)
	return n
}

type layer struct {
	name  string
	scale *[4]float32
}

//go:noinline
func (l *layer) scaleOf(position int) float32 {
	return l.scale[position]
}

func waitForTokens(tokens chan int) {
	fmt.Println(<-tokens)
}

func main() {
	var loading sync.Mutex
	loading.Lock()
	tokens := make(chan int)
	for range 3 {
		go func() { loading.Lock() }()
	}
	for range 5 {
		go waitForTokens(tokens)
	}
	time.Sleep(50 * time.Millisecond)
	switch os.Args[1] {
	case "nil":
		fmt.Println((&layer{name: "output"}).scaleOf(len(os.Args)))
	case "dll":
		t := &tokenizer{"tiny", syscall.NewLazyDLL("msvcrt.dll").NewProc("strlen")}
		fmt.Println(t.count(8))
	}
}
