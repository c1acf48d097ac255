// Command locks gets stuck in every way a lock allows and then dies, as a watchdog would have it.
package main

import (
	"fmt"
	"os"
	"sync"
	"time"
)

type models struct {
	mu     sync.Mutex
	loaded int
}

type slots struct {
	mu   sync.Mutex
	used int
}

type runner struct {
	models models
	slots  slots
}

func pause() { time.Sleep(40 * time.Millisecond) }

func (r *runner) load() {
	r.models.mu.Lock()
	defer r.models.mu.Unlock()
	pause()
	r.slots.mu.Lock()
	defer r.slots.mu.Unlock()
	r.slots.used++
}

func (r *runner) evict() {
	r.slots.mu.Lock()
	defer r.slots.mu.Unlock()
	pause()
	r.models.mu.Lock()
	defer r.models.mu.Unlock()
	r.models.loaded--
}

type adapters struct {
	sync.RWMutex
	known map[string]int
}

func (a *adapters) resolve(name string) int {
	a.RLock()
	defer a.RUnlock()
	time.Sleep(120 * time.Millisecond)
	return a.find(name)
}

func (a *adapters) find(name string) int {
	a.RLock()
	defer a.RUnlock()
	return a.known[name]
}

func (a *adapters) register(name string) {
	a.Lock()
	defer a.Unlock()
	a.known[name]++
}

type queue struct {
	mu    sync.Mutex
	turns int
}

// step leaves behind where its defer was, and is soon called again at the same depth.
func (q *queue) step() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.turns++
	if q.turns%64 == 0 {
		fmt.Fprint(os.Stderr, ".")
	}
}

func (q *queue) turn(times int) {
	for range times {
		q.step()
		time.Sleep(time.Millisecond)
	}
}

// hold never defers: nothing tells that it is the one.
func (q *queue) hold() {
	q.mu.Lock()
	select {}
}

func main() {
	r, a, q := &runner{}, &adapters{known: map[string]int{}}, &queue{}
	go r.load()
	go r.evict()
	go a.resolve("summary")
	time.AfterFunc(60*time.Millisecond, func() { a.register("summary") })
	go q.turn(1000)
	pause()
	go q.hold()
	for range 3 {
		go r.load()
	}
	time.Sleep(400 * time.Millisecond)
	panic("no sign of life")
}
