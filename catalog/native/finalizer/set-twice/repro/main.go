// Loads a model, then swaps its adapter; both steps guard the handle with a finalizer.
package main

import (
	"fmt"
	"runtime"
)

type Model struct {
	handle  int
	adapter string
}

func (m *Model) free() {
	fmt.Println("freed", m.handle)
}

func load(handle int) *Model {
	m := &Model{handle: handle}
	runtime.SetFinalizer(m, (*Model).free)
	return m
}

// swapAdapter replaces the adapter and guards the new state.
func (m *Model) swapAdapter(name string) {
	m.adapter = name
	runtime.SetFinalizer(m, (*Model).free)
}

func main() {
	m := load(7)
	m.swapAdapter("support-bot")
	fmt.Println("adapter", m.adapter)
	runtime.KeepAlive(m)
}
