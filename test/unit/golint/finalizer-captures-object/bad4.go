// Fails: run: panic: runtime.AddCleanup: ptr is within arg|panic: runtime.AddCleanup: .*within
package main

import "runtime"

type model struct {
	name  string
	stats struct{ calls int }
}

func main() {
	m := &model{name: "m"}
	runtime.AddCleanup(m, func(calls *int) { println(*calls) }, &m.stats.calls) // want finalizer-captures-object
	println(m.name)
}
