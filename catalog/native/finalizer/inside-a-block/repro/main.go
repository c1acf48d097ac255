// Keeps the slots of a batch in one slice and sets a finalizer on each of them.
package main

import (
	"fmt"
	"runtime"
)

type Slot struct {
	id  int
	row []float32
}

func (s *Slot) release() {
	fmt.Println("released", s.id)
}

// openBatch makes n slots that release themselves.
func openBatch(n int) []*Slot {
	slots := make([]Slot, n)
	batch := make([]*Slot, n)
	for i := range slots {
		slot := &slots[i]
		slot.id = i
		slot.row = make([]float32, 16)
		runtime.SetFinalizer(slot, (*Slot).release)
		batch[i] = slot
	}
	return batch
}

func main() {
	batch := openBatch(3)
	fmt.Println("slots", len(batch))
	runtime.KeepAlive(batch)
}
