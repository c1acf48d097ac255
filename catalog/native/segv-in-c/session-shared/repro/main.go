// Serves embedding requests in parallel on one session of a C inference library.
package main

// #include "session.h"
import "C"

import (
	"fmt"
	"sync"
)

type Embedder struct {
	mu      sync.Mutex
	session *C.session
}

// embed runs the model over the tokens of a request.
func (e *Embedder) embed(tokens []C.int) float32 {
	return float32(C.session_run(e.session, &tokens[0], C.size_t(len(tokens))))
}

// serve embeds texts of growing length, one after the other.
func (e *Embedder) serve(requests int) {
	for i := range requests {
		tokens := make([]C.int, 100+i)
		e.embed(tokens)
	}
}

func main() {
	e := &Embedder{session: C.session_open()}
	defer C.session_close(e.session)
	var clients sync.WaitGroup
	for range 4 {
		clients.Add(1)
		go func() {
			defer clients.Done()
			e.serve(200)
		}()
	}
	clients.Wait()
	fmt.Println("all requests served")
}
