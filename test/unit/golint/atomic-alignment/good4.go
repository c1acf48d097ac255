package main

import (
	"fmt"
	"net/http"
	"sync/atomic"
)

// What stands in front is not known, and 32-bit atomics want no more than 4.
type handler struct {
	client http.Client
	served uint64
}

type flags struct {
	on   bool
	seen uint32
	_    uint32
	n    uint64
}

func main() {
	h := &handler{}
	f := &flags{}
	fmt.Println(atomic.AddUint64(&h.served, 1), atomic.AddUint32(&f.seen, 1), f.on, f.n)
}
