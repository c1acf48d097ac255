// Queues response chunks per request id; two clients that send the same id share one queue.
package main

import (
	"fmt"
	"sync"
)

type responseQueues struct {
	mu     sync.Mutex
	serial int
	queues map[string]chan []byte
}

// begin returns the key under which the request's chunks are queued.
func (q *responseQueues) begin(requestID string) string {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.serial++
	key := requestID
	if q.queues[key] == nil {
		q.queues[key] = make(chan []byte, 16)
	}
	return key
}

func (q *responseQueues) push(key string, chunk []byte) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.queues[key] <- chunk
}

// end tells the reader that no more chunks follow; the reader drains the queue and drops it.
func (q *responseQueues) end(key string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	close(q.queues[key])
}

func main() {
	q := &responseQueues{queues: make(map[string]chan []byte)}
	first := q.begin("req-1")
	second := q.begin("req-1")
	q.push(first, []byte(`{"delta":"Hel"}`))
	q.end(first)
	q.push(second, []byte(`{"delta":"Bon"}`))
	q.end(second)
	fmt.Println("queues:", len(q.queues))
}
