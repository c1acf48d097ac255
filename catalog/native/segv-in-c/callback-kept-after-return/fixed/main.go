// Sets a temperature hook on a C sampler and samples a few logits with it.
package main

// #include <stdlib.h>
// #include "sampler.h"
import "C"

import (
	"fmt"
	"unsafe"
)

type Sampler struct {
	hooks *C.sampler_hooks
}

// setTemperature makes the library call the hook on every later step.
func (s *Sampler) setTemperature(t float32) {
	hooks := C.temperature_hooks(C.float(t))
	s.hooks = hooks
	C.sampler_set_hooks(hooks)
}

func (s *Sampler) step(logit float32) float32 {
	return float32(C.sampler_step(C.float(logit)))
}

func (s *Sampler) close() {
	C.sampler_set_hooks(nil)
	C.free(unsafe.Pointer(s.hooks))
}

func main() {
	s := &Sampler{}
	defer s.close()
	s.setTemperature(0.5)
	for _, logit := range []float32{1, 2, 4} {
		fmt.Println("scaled", s.step(logit))
	}
}
