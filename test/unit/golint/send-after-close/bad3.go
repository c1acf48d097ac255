// Fails: run: panic: send on closed channel
package main

import (
	"errors"
	"sync"
	"time"
)

type queue struct {
	jobs    chan int
	closing chan struct{}
	workers sync.WaitGroup
}

func (q *queue) work() {
	defer q.workers.Done()
	for range q.jobs {
		time.Sleep(time.Millisecond)
	}
}

func (q *queue) submit(job int) error {
	select {
	case q.jobs <- job:
		return nil
	case <-q.closing:
		return errors.New("closing")
	}
}

func (q *queue) Shutdown() {
	close(q.jobs) // want send-after-close
	q.workers.Wait()
}

func main() {
	q := &queue{jobs: make(chan int), closing: make(chan struct{})}
	q.workers.Add(1)
	go q.work()
	go func() {
		for i := 0; q.submit(i) == nil; i++ {
		}
	}()
	time.Sleep(20 * time.Millisecond)
	q.Shutdown()
	time.Sleep(20 * time.Millisecond)
}
