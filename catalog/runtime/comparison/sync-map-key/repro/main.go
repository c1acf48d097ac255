// Caches completions in a sync.Map keyed by the request, which holds a slice.
package main

import (
	"fmt"
	"strings"
	"sync"
)

type request struct {
	model string
	stop  []string
}

func (r request) key() string {
	return r.model + "\x00" + strings.Join(r.stop, "\x00")
}

type completionCache struct{ entries sync.Map }

func (c *completionCache) complete(r request, generate func() string) string {
	if hit, ok := c.entries.Load(r.key()); ok {
		return hit.(string)
	}
	answer := generate()
	c.entries.Store(r, answer)
	return answer
}

func main() {
	var cache completionCache
	r := request{model: "llama3:8b", stop: []string{"</s>"}}
	generate := func() string { return "Rayleigh scattering" }
	fmt.Println(cache.complete(r, generate))
	fmt.Println(cache.complete(r, func() string { return "cache miss" }))
}
