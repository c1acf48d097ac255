package main

import (
	"errors"
	"fmt"
)

// One close on each path.
func load(name string, lines chan string) error {
	if name == "" {
		close(lines)
		return errors.New("no name")
	}
	lines <- name
	close(lines)
	return nil
}

// The flag tells.
func flagged(n int, out chan int) {
	closed := false
	for i := range n {
		if i == 3 && !closed {
			close(out)
			closed = true
		}
		if !closed {
			out <- i
		}
	}
	if !closed {
		close(out)
	}
}

// A new channel each round.
func renewed(n int) {
	wake := make(chan int, 1)
	for i := range n {
		close(wake)
		wake = make(chan int, 1)
		wake <- i
	}
	close(wake)
}

func main() {
	fmt.Println(load("", make(chan string, 1)), load("a", make(chan string, 1)))
	flagged(5, make(chan int, 10))
	renewed(3)
	done := make(chan int)
	close(done)
	merged(done, done, make(chan int))
}

// Nothing comes from a nil channel any more.
func merged(in, more chan int, out chan int) {
	for in != nil || more != nil {
		select {
		case n, ok := <-in:
			if !ok {
				close(out)
				in = nil
				continue
			}
			out <- n
		case _, ok := <-more:
			if !ok {
				more = nil
			}
		}
	}
}
