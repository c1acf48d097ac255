// Fails: run: panic: runtime.AddCleanup: .*closes over ptr
package main

import "runtime"

type model struct{ handle int }

func (m *model) Close() { m.handle = 0 }

func newModel() *model {
	m := &model{handle: 1}
	runtime.AddCleanup(m, func(int) { m.Close() }, 0) // want finalizer-captures-object
	return m
}

func main() { println(newModel().handle) }
