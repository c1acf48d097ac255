// Fails: run: panic: runtime.AddCleanup: ptr is equal to arg
package main

import "runtime"

type model struct{ handle int }

func release(m *model) { m.handle = 0 }

func main() {
	m := &model{handle: 1}
	runtime.AddCleanup(m, release, m) // want finalizer-captures-object
	println(m.handle)
}
