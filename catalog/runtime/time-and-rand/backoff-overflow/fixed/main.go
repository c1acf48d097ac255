// Waits between retries of an upstream call; doubling the delay overflows after many attempts.
package main

import (
	"fmt"
	"math/rand/v2"
	"time"
)

const (
	baseDelay = 100 * time.Millisecond
	maxDelay  = 30 * time.Second
)

type retrier struct{ attempts int }

// delay picks a random time below the doubled delay.
func (r retrier) delay(attempt int) time.Duration {
	limit := min(baseDelay<<min(attempt, 10), maxDelay)
	return rand.N(limit)
}

func (r retrier) schedule() (longest time.Duration) {
	for attempt := range r.attempts {
		longest = max(longest, r.delay(attempt))
	}
	return longest
}

func main() {
	fmt.Println("three attempts:", retrier{3}.schedule() < time.Second)
	fmt.Println("forty attempts:", retrier{40}.schedule() <= maxDelay)
}
