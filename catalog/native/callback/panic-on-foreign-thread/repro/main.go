// Loads model shards on a thread of a C library that reports progress to Go.
package main

// #cgo LDFLAGS: -lpthread
// #include "worker.h"
import "C"

import "fmt"

type Progress struct {
	seen map[int]bool
}

var progress Progress

func (p *Progress) mark(shard int) {
	p.seen[shard] = true
}

//export shardLoaded
func shardLoaded(shard C.int) {
	progress.mark(int(shard))
}

// loadShards waits until the library has loaded all of them.
func loadShards(n int) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("load: %v", r)
		}
	}()
	C.worker_load(C.int(n))
	return nil
}

func main() {
	err := loadShards(3)
	fmt.Println(len(progress.seen), "shards,", err)
}
