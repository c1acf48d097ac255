package main

import (
	"sync"
)

type queue struct{ items []*int }

// A Put of another kind: nothing is given away.
func (q *queue) Put(item *int) { q.items = append(q.items, item) }

var numbers = sync.Pool{New: func() any { return new(int) }}

func work(q *queue) int {
	item := new(int)
	q.Put(item)
	q.Put(item)
	return *item
}

// The value is read before its box goes back.
func read() int {
	n := numbers.Get().(*int)
	v := *n
	numbers.Put(n)
	return v
}

func main() { println(work(&queue{}), read()) }
