// Decodes tokens of two chat sessions on a C key-value cache and unloads the idle model in between.
package main

// #include "kv.h"
import "C"

import (
	"errors"
	"fmt"
)

var errUnloaded = errors.New("model is unloaded")

type Runner struct {
	kv *C.kv_cache
}

type Session struct {
	id     C.int
	runner *Runner
	kv     *C.kv_cache
}

func (r *Runner) open() *Session {
	return &Session{id: 1, runner: r, kv: r.kv}
}

// unload gives the cache back to the device.
func (r *Runner) unload() {
	C.kv_free(r.kv)
	r.kv = nil
}

func (s *Session) decode(token int) (float32, error) {
	return float32(C.kv_decode(s.kv, s.id, C.int(token))), nil
}

func main() {
	r := &Runner{kv: C.kv_new(4, 512, 128)}
	s := r.open()
	for step := range 4 {
		if step == 2 {
			r.unload()
		}
		logit, err := s.decode(step + 1)
		if err != nil {
			fmt.Println("decode:", err)
			return
		}
		fmt.Println("logit", logit)
	}
}
