// Stops the watchdog of a model runner from the signal path and again from a deferred call.
package main

import (
	"fmt"
	"sync"
	"time"
)

type watchdog struct {
	stop     chan struct{}
	stopOnce sync.Once
	done     sync.WaitGroup
}

func startWatchdog(interval time.Duration) *watchdog {
	w := &watchdog{stop: make(chan struct{})}
	w.done.Add(1)
	go w.watch(interval)
	return w
}

func (w *watchdog) watch(interval time.Duration) {
	defer w.done.Done()
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case <-w.stop:
			return
		}
	}
}

func (w *watchdog) Stop() {
	w.stopOnce.Do(func() { close(w.stop) })
	w.done.Wait()
}

func serve(interrupt <-chan struct{}) {
	w := startWatchdog(10 * time.Millisecond)
	defer w.Stop()
	<-interrupt
	fmt.Println("interrupted, shutting down")
	w.Stop()
}

func main() {
	interrupt := make(chan struct{}, 1)
	interrupt <- struct{}{}
	serve(interrupt)
	fmt.Println("stopped")
}
