package main

import (
	"errors"
	"fmt"
	"sync"
)

type queue struct {
	mu     sync.RWMutex
	closed bool
	jobs   chan int
	quit   chan struct{}
}

func (q *queue) Submit(job int) error {
	q.mu.RLock()
	defer q.mu.RUnlock()
	if q.closed {
		return errors.New("closed")
	}
	select {
	case q.jobs <- job:
	case <-q.quit:
	}
	return nil
}

func (q *queue) Close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.closed {
		q.closed = true
		close(q.jobs)
	}
}

type once struct {
	stop sync.Once
	done chan struct{}
}

func (o *once) Stop() { o.stop.Do(func() { close(o.done) }) }

func main() {
	q := &queue{jobs: make(chan int, 1), quit: make(chan struct{})}
	fmt.Println(q.Submit(1))
	q.Close()
	q.Close()
	o := &once{done: make(chan struct{})}
	defer o.Stop()
	o.Stop()
}
