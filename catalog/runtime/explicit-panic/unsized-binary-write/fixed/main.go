// Hashes the operations of a compute graph, so that equal ones are evaluated once.
package main

import (
	"encoding/binary"
	"fmt"
	"hash"
	"hash/fnv"
)

type operation interface{ writeHash(h hash.Hash) }

type scale struct{ Factor float32 }

func (s scale) writeHash(h hash.Hash) { write(h, s) }

// coordinates are as many numbers as the tensor has dimensions.
type coordinates []int

type at struct{ where coordinates }

func (a at) writeHash(h hash.Hash) { fmt.Fprintf(h, "at %d", a.where) }

// write adds a value to the hash; a value that cannot be hashed is a mistake of the programmer.
func write(h hash.Hash, value any) {
	if err := binary.Write(h, binary.LittleEndian, value); err != nil {
		panic(err)
	}
}

type graph map[uint64]operation

func (g graph) add(op operation) {
	h := fnv.New64a()
	op.writeHash(h)
	g[h.Sum64()] = op
}

func main() {
	g := graph{}
	g.add(scale{0.125})
	g.add(scale{0.125})
	fmt.Println("operations:", len(g))
	g.add(at{coordinates{0, 3}})
	fmt.Println("operations:", len(g))
}
