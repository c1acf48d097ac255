// Fails: 386: unaligned 64-bit atomic operation
package main

import (
	"fmt"
	"sync/atomic"
)

type gauge struct {
	labels map[string]string
	bits   uint64
}

func newGauge() *gauge { return new(gauge) }

func main() {
	g := newGauge()
	atomic.StoreUint64(&g.bits, 1) // want atomic-alignment
	fmt.Println(atomic.SwapUint64(&g.bits, 2), len(g.labels))
}
