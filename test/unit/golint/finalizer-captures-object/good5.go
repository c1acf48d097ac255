package main

import "runtime"

type proxy struct{ id int }

type model struct{ handle int }

func newProxy() *proxy {
	p := &proxy{id: 1}
	m := &model{handle: 1}
	runtime.SetFinalizer(p, func(*proxy) { m.handle = 0 })
	return p
}

func main() { println(newProxy().id) }
