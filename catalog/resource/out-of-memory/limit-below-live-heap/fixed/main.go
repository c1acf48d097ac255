// Serves requests from an index in memory, below a soft memory limit, and counts the collector's cycles.
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

const (
	indexBytes = 48 << 20
	softLimit  = 160 << 20
	requests   = 4000
)

// loadIndex keeps vectors in memory for as long as the server runs.
func loadIndex() [][]byte {
	var index [][]byte
	for range indexBytes / (64 << 10) {
		index = append(index, make([]byte, 64<<10))
	}
	return index
}

var response []byte

// answer allocates what one request needs.
func answer() {
	response = make([]byte, 64<<10)
}

// cycles returns how often the collector has run.
func cycles() uint32 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.NumGC
}

func main() {
	debug.SetMemoryLimit(softLimit) // what GOMEMLIMIT sets
	index := loadIndex()
	before := cycles()
	for range requests {
		answer()
	}
	fmt.Println("collector runs for every 25 MB:", cycles()-before > 10)
	runtime.KeepAlive(index)
}
