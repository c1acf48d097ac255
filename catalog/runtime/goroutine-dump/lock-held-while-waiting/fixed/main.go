// Loads models behind a lock; a watchdog holds that lock while it waits for a busy backend.
package main

import (
	"fmt"
	"os/exec"
	"sync"
	"sync/atomic"
	"time"
)

type loader struct {
	mu     sync.Mutex
	idle   chan struct{}
	loaded atomic.Int64
}

// stopIdle waits until the backend is idle and stops it.
func (l *loader) stopIdle() {
	<-l.idle
	l.mu.Lock()
	defer l.mu.Unlock()
}

func (l *loader) load(model string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.loaded.Add(1)
}

// watchdog asks for a goroutine dump when the service does not answer in time, as an operator would.
func watchdog(healthy func() bool, patience time.Duration) {
	time.Sleep(patience)
	if !healthy() {
		exec.Command("sh", "-c", "kill -QUIT $PPID").Run()
		time.Sleep(time.Minute)
	}
}

func main() {
	l := &loader{idle: make(chan struct{})}
	go l.stopIdle()
	time.Sleep(20 * time.Millisecond)
	models := []string{"llama-3-8b", "qwen-3-4b", "phi-4", "gemma-3"}
	for _, m := range models {
		go l.load(m)
	}
	watchdog(func() bool { return l.loaded.Load() == int64(len(models)) }, 200*time.Millisecond)
	fmt.Println("loaded", l.loaded.Load())
}
