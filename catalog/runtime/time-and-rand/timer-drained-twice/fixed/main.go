// Watches a token stream with an idle timer and drains the timer after it has been read.
package main

import (
	"fmt"
	"time"
)

type streamReader struct {
	idle  time.Duration
	pause int
}

// read counts tokens; after each one it sets the idle timer back.
func (r *streamReader) read(tokens <-chan string) (count int) {
	timer := time.NewTimer(r.idle)
	for {
		select {
		case _, ok := <-tokens:
			if !ok {
				return count
			}
			count++
			timer.Reset(r.idle)
		case <-timer.C:
			r.pause++
		}
	}
}

func generate(tokens chan<- string) {
	defer close(tokens)
	tokens <- "Hello"
	time.Sleep(100 * time.Millisecond)
	tokens <- " world"
}

func main() {
	tokens := make(chan string, 4)
	done := make(chan int)
	go generate(tokens)
	go func() {
		r := &streamReader{idle: 20 * time.Millisecond}
		done <- r.read(tokens)
	}()
	select {
	case count := <-done:
		fmt.Println("stream stuck: false, tokens:", count)
	case <-time.After(2 * time.Second):
		fmt.Println("stream stuck: true")
	}
}
