package main

import "runtime"

type model struct{ handle *int }

func newModel() *model {
	m := &model{handle: new(int)}
	runtime.AddCleanup(m, func(h *int) { *h = 0 }, m.handle)
	return m
}

func main() { println(*newModel().handle) }
