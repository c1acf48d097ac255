// Writes into a slice from a goroutine, then into a map that was never made.
package main

import (
	"fmt"
	"math"
	"sync"
)

type cache struct {
	pages map[int]int
	slots []float64
	name  string
}

func (c *cache) put(layer, page int) {
	c.pages[layer] = page
}

func fill(c *cache, wg *sync.WaitGroup) {
	defer wg.Done()
	for i := range c.slots {
		c.slots[i] = float64(i) * 1.5
	}
	c.slots[1] = math.NaN()
}

func main() {
	c := &cache{slots: make([]float64, 4), name: "kv"}
	var wg sync.WaitGroup
	wg.Add(1)
	fmt.Println("ready", c.name)
	go fill(c, &wg)
	wg.Wait()
	c.put(1, 2)
}
