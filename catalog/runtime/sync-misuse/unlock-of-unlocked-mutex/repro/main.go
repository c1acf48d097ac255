// Reserves tokens from a tenant's budget before a completion starts.
package main

import (
	"errors"
	"fmt"
	"sync"
)

var errBudget = errors.New("token budget exhausted")

type budget struct {
	mu   sync.Mutex
	left map[string]int
}

func (b *budget) reserve(tenant string, tokens int) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.left[tenant] < tokens {
		b.mu.Unlock()
		return fmt.Errorf("%s: %w", tenant, errBudget)
	}
	b.left[tenant] -= tokens
	return nil
}

func main() {
	b := &budget{left: map[string]int{"acme": 512}}
	for _, tokens := range []int{300, 300} {
		fmt.Println("reserve", tokens, b.reserve("acme", tokens))
	}
}
