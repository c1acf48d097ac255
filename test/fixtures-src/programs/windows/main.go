//line C:/Users/A Dev/llmserver/windows/main.go:2

// A Windows program: paths with a drive, exceptions in place of signals. Built here, run under Wine.
package main

import "os"

type model struct {
	name    string
	weights *[4]float32
}

//go:noinline
func (m *model) first() float32 {
	return m.weights[3] // @nil
}

func main() {
	switch os.Args[1] {
	case "nil":
		(&model{}).first()
	case "index":
		var weights []float32
		weights[len(os.Args)] = 1 // @index
	case "deadlock":
		select {} // @deadlock
	}
}
