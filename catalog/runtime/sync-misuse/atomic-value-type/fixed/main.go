// Publishes the last error of a backend so that the health endpoint can read it without a lock.
package main

import (
	"errors"
	"fmt"
	"sync/atomic"
)

var errOffline = errors.New("backend offline")

type health struct {
	last atomic.Value
}

func (h *health) report(err error) {
	h.last.Store(&err)
}

func (h *health) String() string {
	err := h.last.Load().(*error)
	return fmt.Sprint("last error: ", *err)
}

func main() {
	h := &health{}
	h.report(errOffline)
	h.report(fmt.Errorf("shard 2: %w", errOffline))
	fmt.Println(h)
}
