// Buffers audio frames in a C ring and drains them into blocks of four.
package main

// #include "ring.h"
import "C"

import "fmt"

type FrameQueue struct {
	ring C.ring
}

func (q *FrameQueue) push(v float32) {
	C.ring_push(&q.ring, C.float(v))
}

func (q *FrameQueue) pop() float32 {
	return float32(C.ring_pop(&q.ring))
}

// block takes the next frames out of the queue, four at most.
func (q *FrameQueue) block() []float32 {
	var out []float32
	for len(out) < 4 && q.ring.size > 0 {
		out = append(out, q.pop())
	}
	return out
}

func main() {
	q := &FrameQueue{}
	for i := range 6 {
		q.push(float32(i))
	}
	fmt.Println(q.block())
	fmt.Println(q.block())
}
