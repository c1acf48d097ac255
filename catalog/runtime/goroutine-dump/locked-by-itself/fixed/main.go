// Keeps answers in a cache whose put asks for its size without locking again; an operator asks for a dump when it stands still.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
)

type cache struct {
	mu      sync.Mutex
	answers map[string]string
	stored  atomic.Int64
}

// sizeLocked is called with the lock held.
func (c *cache) sizeLocked() int {
	return len(c.answers)
}

func (c *cache) put(prompt, answer string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sizeLocked() < 100 {
		c.answers[prompt] = answer
	}
	c.stored.Add(1)
}

// operator asks the process for a goroutine dump when it is still there after a while.
func operator(patience string) *exec.Cmd {
	cmd := exec.Command("sh", "-c", "sleep "+patience+"; kill -QUIT $PPID")
	if err := cmd.Start(); err != nil {
		panic(err)
	}
	return cmd
}

func main() {
	reload := make(chan os.Signal, 1)
	signal.Notify(reload, syscall.SIGHUP)
	waiting := operator("0.3")
	c := &cache{answers: map[string]string{}}
	c.put("hello", "Hi there")
	waiting.Process.Kill()
	fmt.Println("stored", c.stored.Load())
}
