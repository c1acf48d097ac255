// Looks a tenant's quota up and creates it on the first request.
package main

import (
	"fmt"
	"sync"
)

type quotas struct {
	mu    sync.RWMutex
	limit map[string]int
}

func (q *quotas) Get(tenant string) int {
	q.mu.RLock()
	defer q.mu.RUnlock()
	if n, ok := q.limit[tenant]; ok {
		return n
	}
	return q.create(tenant)
}

func (q *quotas) create(tenant string) int {
	q.mu.Lock()
	defer q.mu.Unlock()
	if n, ok := q.limit[tenant]; ok {
		return n
	}
	q.limit[tenant] = 1000
	return 1000
}

func main() {
	q := &quotas{limit: map[string]int{"acme": 5000}}
	for _, tenant := range []string{"acme", "globex"} {
		fmt.Println(tenant, q.Get(tenant))
	}
}
