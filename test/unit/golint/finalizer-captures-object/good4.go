package main

import "runtime"

type inner struct{ n int }

type model struct {
	in    *inner
	close func(int)
}

func newModel() *model {
	m := &model{in: new(inner), close: func(int) {}}
	runtime.AddCleanup(m, m.close, 1)
	runtime.AddCleanup(m, func(n *int) { *n = 0 }, &m.in.n)
	return m
}

func main() { println(newModel().in.n) }
