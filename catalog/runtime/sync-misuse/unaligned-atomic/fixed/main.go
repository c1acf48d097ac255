// Counts generated tokens with 64-bit atomics in a struct that starts with a 32-bit field.
package main

import (
	"fmt"
	"sync/atomic"
)

type usage struct {
	tokens   uint64
	requests uint32
}

func (u *usage) add(tokens int) {
	atomic.AddUint32(&u.requests, 1)
	atomic.AddUint64(&u.tokens, uint64(tokens))
}

func main() {
	u := &usage{}
	u.add(128)
	fmt.Println("requests", u.requests, "tokens", u.tokens)
}
