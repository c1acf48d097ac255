// Gateway that lets two prompts at a time into a model server.
package main

import (
	"errors"
	"fmt"
	"os/exec"
	"sync/atomic"
	"time"
)

// limiter holds one value for each request that runs.
type limiter struct{ running chan struct{} }

func (l *limiter) acquire() {
	l.running <- struct{}{}
}

func (l *limiter) release() {
	<-l.running
}

type gateway struct {
	limit             *limiter
	answered, refused atomic.Int64
}

func generate(prompt string) error {
	if prompt == "" {
		return errors.New("empty prompt")
	}
	time.Sleep(time.Millisecond)
	return nil
}

func (g *gateway) handle(prompt string) {
	g.limit.acquire()
	defer g.limit.release()
	if err := generate(prompt); err != nil {
		g.refused.Add(1)
		return
	}
	g.answered.Add(1)
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
	g := &gateway{limit: &limiter{make(chan struct{}, 2)}}
	prompts := []string{"", "", "", "", "one", "two", "three", "four"}
	for _, p := range prompts {
		go g.handle(p)
	}
	watchdog(func() bool { return g.answered.Load()+g.refused.Load() == int64(len(prompts)) }, 300*time.Millisecond)
	fmt.Printf("answered %d, refused %d\n", g.answered.Load(), g.refused.Load())
}
