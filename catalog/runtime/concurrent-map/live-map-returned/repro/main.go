// Scores pods by cached prefixes; the index hands out its own map instead of a copy.
package main

import (
	"fmt"
	"sync"
)

type prefixIndex struct {
	mu   sync.RWMutex
	pods map[string]int
}

func (x *prefixIndex) add(pod string, blocks int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.pods[pod] = blocks
}

func (x *prefixIndex) remove(pod string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.pods, pod)
}

func (x *prefixIndex) Pods() map[string]int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.pods
}

func bestPod(x *prefixIndex) string {
	best, most := "", -1
	for pod, blocks := range x.Pods() {
		if blocks > most {
			best, most = pod, blocks
		}
	}
	return best
}

func main() {
	x := &prefixIndex{pods: make(map[string]int)}
	for i := range 48 {
		x.add(fmt.Sprintf("vllm-%d", i), i)
	}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for range 100_000 {
			bestPod(x)
		}
	}()
	for i := range 400_000 {
		x.add("vllm-new", i%40)
		x.remove("vllm-new")
	}
	wg.Wait()
	fmt.Println("best:", bestPod(x))
}
