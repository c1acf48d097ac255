// Keeps the logits of every sequence in a slot and lets a C sampler write them.
package main

// #include "sampler.h"
import "C"

import (
	"fmt"
	"runtime"
)

const nVocab = 250

type Slot struct {
	next   *Slot
	logits [nVocab]float32
}

type Runner struct {
	model C.sampler_model
	slots []*Slot
}

func newRunner(model C.sampler_model, sequences int) *Runner {
	r := &Runner{model: model}
	for range sequences {
		r.slots = append(r.slots, new(Slot))
	}
	return r
}

// decode lets the sampler write the logits that follow a token.
func (r *Runner) decode(sequence, token int) error {
	slot := r.slots[sequence]
	if n := int(C.sampler_n_logits(&r.model)); n > len(slot.logits) {
		return fmt.Errorf("the model has %d logits, a slot holds %d", n, len(slot.logits))
	}
	C.sampler_logits(&r.model, C.int(token), (*C.float)(&slot.logits[0]))
	return nil
}

func main() {
	r := newRunner(C.sampler_model{n_vocab: nVocab, n_added: 4}, 64)
	for i := range r.slots {
		if err := r.decode(i, i); err != nil {
			fmt.Println("decode:", err)
			return
		}
	}
	runtime.GC() // stands for the allocations of the next requests
	fmt.Println("decoded", len(r.slots))
}
