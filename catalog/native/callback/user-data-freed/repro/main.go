// Fine-tunes an adapter in C and keeps the loss of every step in a history it hands over as user data.
package main

// #include "tuner.h"
import "C"

import (
	"fmt"
	"unsafe"
)

//export stepDone
func stepDone(user unsafe.Pointer, loss C.float) {
	h := (*C.history)(user)
	h.loss[h.step] = loss
	h.step++
}

type Tuner struct {
	history *C.history
}

// start registers the history with the C tuner.
func (t *Tuner) start() {
	t.history = C.history_new()
	defer C.history_free(t.history)
	C.tuner_start(unsafe.Pointer(t.history))
}

func (t *Tuner) run(steps int) {
	for i := range steps {
		C.tuner_step(C.float(1) / C.float(i+1))
	}
}

func main() {
	t := &Tuner{}
	t.start()
	t.run(3)
	fmt.Println("steps", t.history.step)
}
