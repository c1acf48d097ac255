// Batch scheduler: sequences share a batch, and a finished sequence gives its slot up.
package main

import (
	"fmt"
	"slices"
)

type sequence struct {
	id   string
	left int
}

type batch struct {
	slots []*sequence
}

// evict removes a finished sequence; those behind it move up.
func (b *batch) evict(slot int) {
	b.slots = append(b.slots[:slot], b.slots[slot+1:]...)
}

func (b *batch) slotOf(s *sequence) int {
	for i, other := range b.slots {
		if other == s {
			return i
		}
	}
	return -1
}

// step makes one token for every sequence and evicts those that are done.
func (b *batch) step() {
	for _, s := range slices.Clone(b.slots) {
		slot := b.slotOf(s)
		s.left--
		fmt.Printf("slot %d: %s, %d left\n", slot, s.id, s.left)
		if s.left == 0 {
			b.evict(slot)
		}
	}
}

func main() {
	b := &batch{slots: []*sequence{{"a", 2}, {"b", 1}, {"c", 1}, {"d", 3}}}
	for len(b.slots) > 0 {
		b.step()
	}
	fmt.Println("batch is empty")
}
