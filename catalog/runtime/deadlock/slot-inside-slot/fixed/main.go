// Embeds a document and all its parts, two at a time.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type part struct {
	text  string
	parts []part
}

type indexer struct {
	slots    chan struct{}
	embedded atomic.Int64
}

func (x *indexer) acquire() { x.slots <- struct{}{} }
func (x *indexer) release() { <-x.slots }

// add embeds the part and, beside each other, what it consists of.
func (x *indexer) add(p part) {
	x.acquire()
	x.embedded.Add(1)
	x.release()
	var wg sync.WaitGroup
	for _, below := range p.parts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			x.add(below)
		}()
	}
	wg.Wait()
}

func main() {
	page := []part{{text: "a"}, {text: "b"}}
	book := part{text: "book", parts: []part{{text: "1", parts: page}, {text: "2", parts: page}}}
	x := &indexer{slots: make(chan struct{}, 2)}
	x.add(book)
	fmt.Println("embedded", x.embedded.Load())
}
