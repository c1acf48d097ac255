// Remembers the rows of a prefix cache and looks one up after the cache was trimmed.
package main

import (
	"fmt"
	"runtime"
)

const rowSize = 1 << 20

type Row [rowSize]byte

type PrefixCache struct {
	rows map[string]*Row
	last *Row // the row that was looked up last
}

// put adds a row.
func (c *PrefixCache) put(prompt string, row *Row) {
	c.rows[prompt] = row
}

// get returns the prompt's row.
func (c *PrefixCache) get(prompt string) *Row {
	c.last = c.rows[prompt]
	return c.last
}

var cache = &PrefixCache{rows: map[string]*Row{}}

func main() {
	for i := range 8 {
		cache.put(fmt.Sprint("prompt ", i), new(Row))
	}
	for range 3 {
		runtime.GC() // stands for the allocations of other requests
	}
	cache.get("prompt 3")
	runtime.GC()
	fmt.Println("row found", cache.last != nil)
}
