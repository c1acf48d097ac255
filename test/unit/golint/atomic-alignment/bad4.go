// Fails: 386: unaligned 64-bit atomic operation
package main

import (
	"fmt"
	"sync/atomic"
	"time"
)

type breaker struct {
	open    bool
	wait    time.Duration
	opened  int64
	changed func()
}

func (b *breaker) trip(now int64) {
	atomic.StoreInt64(&b.opened, now) // want atomic-alignment
}

func main() {
	b := &breaker{wait: time.Second}
	b.trip(5)
	fmt.Println(b.opened, b.open, b.wait, b.changed == nil)
}
