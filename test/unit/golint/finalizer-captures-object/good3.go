package main

import "runtime"

type model struct{ handle int }

func (m *model) Close() {
	runtime.SetFinalizer(m, nil)
	m.handle = 0
}

func newModel() *model {
	m := &model{handle: 1}
	runtime.SetFinalizer(m, (*model).Close)
	return m
}

func main() { newModel().Close() }
