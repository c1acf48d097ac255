package main

import (
	"context"
	"io"
	"os"
	"runtime/pprof"
	"sync"
	"time"
)

// The stacks of a service that answers prompts: most goroutines wait for a token, some for a lock, a queue or a
// timer, a few in the depths of the standard library. Arguments differ, as they do in life.

type request struct {
	id     int
	prompt string
	tokens chan int
}

type scheduler struct {
	mu    sync.Mutex
	queue chan *request
	idle  sync.WaitGroup
	stop  chan struct{}
}

type session struct {
	s    *scheduler
	user string
	done <-chan struct{}
}

//go:noinline
func (s *session) serve(ctx context.Context, r *request) int {
	return s.authorize(ctx, r, len(r.prompt))
}

//go:noinline
func (s *session) authorize(ctx context.Context, r *request, limit int) int {
	return s.generate(ctx, r, []byte(s.user), limit)
}

//go:noinline
func (s *session) generate(ctx context.Context, r *request, key []byte, limit int) int {
	switch r.id % 16 {
	case 0:
		return s.lock(r)
	case 1:
		return s.enqueue(r)
	case 2:
		return s.sleep(time.Hour)
	case 3:
		return s.pipe(r)
	case 4:
		return s.group()
	default:
		return s.stream(ctx, r, limit)
	}
}

//go:noinline
func (s *session) stream(ctx context.Context, r *request, limit int) int {
	select {
	case token := <-r.tokens:
		return token + limit
	case <-ctx.Done():
		return 0
	case <-s.done:
		return 1
	}
}

//go:noinline
func (s *session) lock(r *request) int {
	s.s.mu.Lock()
	defer s.s.mu.Unlock()
	return r.id
}

//go:noinline
func (s *session) enqueue(r *request) int {
	s.s.queue <- r
	return 0
}

//go:noinline
func (s *session) sleep(d time.Duration) int {
	time.Sleep(d)
	return 0
}

//go:noinline
func (s *session) pipe(r *request) int {
	reader, _ := io.Pipe()
	data, _ := io.ReadAll(io.LimitReader(reader, int64(r.id+1)))
	return len(data)
}

//go:noinline
func (s *session) group() int {
	s.s.idle.Wait()
	return 0
}

// startServer starts n goroutines and waits until they have come to rest.
func startServer(n int) {
	s := &scheduler{queue: make(chan *request), stop: make(chan struct{})}
	s.mu.Lock()
	s.idle.Add(1)
	ctx := context.Background()
	for i := range n {
		r := &request{id: i, prompt: string(make([]byte, i%97)), tokens: make(chan int)}
		one := &session{s: s, user: string(rune('a' + i%26)), done: s.stop}
		go one.serve(ctx, r)
	}
	time.Sleep(time.Second)
}

func writeProfile() {
	if err := pprof.Lookup("goroutine").WriteTo(os.Stdout, 2); err != nil {
		fail(err.Error())
	}
}

//go:noinline
func die() {
	var weights []float32
	weights[len(os.Args)] = 1
}
