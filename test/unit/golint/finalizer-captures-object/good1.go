package main

import "runtime"

type model struct{ handle int }

func newModel() *model {
	m := &model{handle: 1}
	runtime.SetFinalizer(m, func(m *model) { m.handle = 0 })
	return m
}

func main() { println(newModel().handle) }
