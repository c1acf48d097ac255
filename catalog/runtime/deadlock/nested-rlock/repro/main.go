// Routes requests to the pods of an inference pool while an informer updates the pool.
package main

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

type datastore struct {
	mu     sync.RWMutex
	pods   []string
	synced bool
}

// HasSynced tells whether the first list of pods has arrived.
func (d *datastore) HasSynced() bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.synced
}

// Pick returns the pod with the shortest queue.
func (d *datastore) Pick(prompt string, scrape func(pod string) int) (string, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	best, shortest := "", 1<<30
	for _, pod := range d.pods {
		if n := scrape(pod); n < shortest {
			best, shortest = pod, n
		}
	}
	if !d.HasSynced() {
		return "", errors.New("pool not synced")
	}
	return best, nil
}

// Update is the informer's handler.
func (d *datastore) Update(pods []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.pods = pods
}

func main() {
	store := &datastore{pods: []string{"pod-a", "pod-b"}, synced: true}
	time.AfterFunc(20*time.Millisecond, func() { store.Update([]string{"pod-a"}) })
	pod, err := store.Pick("Why is the sky blue?", func(pod string) int {
		time.Sleep(30 * time.Millisecond)
		return len(pod)
	})
	fmt.Println("routed to", pod, err)
}
