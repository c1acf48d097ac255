// Shuts an inference server down by closing its job queue while handlers still submit.
package main

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

var errShutdown = errors.New("server is shutting down")

type job struct{ prompt string }

type server struct {
	jobs    chan job
	closing chan struct{}
	workers sync.WaitGroup
}

func newServer() *server {
	s := &server{jobs: make(chan job), closing: make(chan struct{})}
	s.workers.Add(1)
	go s.work()
	return s
}

func (s *server) work() {
	defer s.workers.Done()
	for {
		select {
		case _, ok := <-s.jobs:
			if !ok {
				return
			}
			time.Sleep(10 * time.Millisecond)
		case <-s.closing:
			return
		}
	}
}

func (s *server) submit(prompt string) error {
	select {
	case s.jobs <- job{prompt}:
		return nil
	case <-s.closing:
		return errShutdown
	}
}

func (s *server) shutdown() {
	close(s.closing)
	s.workers.Wait()
}

func main() {
	s := newServer()
	refused := make(chan error)
	go func() {
		for {
			if err := s.submit("why is the sky blue"); err != nil {
				refused <- err
				return
			}
		}
	}()
	time.Sleep(50 * time.Millisecond)
	s.shutdown()
	fmt.Println("client:", <-refused)
}
