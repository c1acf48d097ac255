// Keeps the KV cache index of an inference server and prunes it after every insert.
package main

import (
	"fmt"
	"sync"
)

type prefixIndex struct {
	mu     sync.RWMutex
	blocks map[uint64]int
	limit  int
}

// Size is the number of blocks in the index.
func (x *prefixIndex) Size() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.blocks)
}

// Insert adds a block and prunes the coldest one when the index is over its limit.
func (x *prefixIndex) Insert(hash uint64, slot int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.blocks[hash] = slot
	x.prune()
}

// prune runs under the lock.
func (x *prefixIndex) prune() {
	if x.Size() <= x.limit {
		return
	}
	for hash := range x.blocks {
		delete(x.blocks, hash)
		break
	}
}

func main() {
	index := &prefixIndex{blocks: map[uint64]int{}, limit: 2}
	for slot, hash := range []uint64{0x9e37, 0x79b9, 0x7f4a} {
		index.Insert(hash, slot)
	}
	fmt.Println("blocks", index.Size())
}
