package main

import (
	"runtime"
	"sync/atomic"
)

var freed atomic.Int32

type handle struct{ n int }

func (h *handle) free() { freed.Add(int32(h.n)) }

type model struct {
	h    *handle
	free func()
}

func newModel() *model {
	h := &handle{1}
	m := &model{h: h}
	runtime.AddCleanup(m, func(free func()) { free() }, h.free)
	m.free = h.free
	runtime.AddCleanup(m, func(free func()) { free() }, m.free)
	return m
}

func main() { newModel() }
