// Queues prompts for a single decoder; every request waits for the reply of its slot.
package main

import (
	"fmt"
	"os/exec"
	"sync/atomic"
	"time"
)

type request struct {
	prompt string
	reply  chan string
}

type queue struct {
	in       chan request
	slots    int
	answered atomic.Int64
}

// decode answers requests while slots are free.
func (q *queue) decode() {
	for r := range q.in {
		if q.slots == 0 {
			continue
		}
		q.slots--
		r.reply <- "answer to " + r.prompt
	}
}

func (q *queue) ask(prompt string) {
	r := request{prompt, make(chan string, 1)}
	q.in <- r
	<-r.reply
	q.answered.Add(1)
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
	q := &queue{in: make(chan request), slots: 1}
	go q.decode()
	prompts := []string{"one", "two", "three", "four", "five"}
	for _, p := range prompts {
		go q.ask(p)
	}
	watchdog(func() bool { return q.answered.Load() == int64(len(prompts)) }, 200*time.Millisecond)
	fmt.Println("answered", q.answered.Load())
}
