// Keeps the nodes of a radix prefix tree by address so that the collector has less to scan.
package main

import (
	"fmt"
	"runtime"
)

type Node struct {
	tokens [6]int
	next   *Node
}

// alloc makes nodes; tests put a counting one in its place.
var alloc = func() *Node { return new(Node) }

type Tree struct {
	first *Node
	nodes int
}

// insert puts a node in front.
func (t *Tree) insert(token int) {
	n := alloc()
	n.next = t.first
	n.tokens[0] = token
	t.first = n
	t.nodes++
}

// newest returns the node that was inserted last.
func (t *Tree) newest() *Node {
	return t.first
}

var (
	tree   Tree
	pinned []*Node
	found  *Node
)

func main() {
	for token := range 64 {
		pinned = append(pinned, new(Node)) // nodes of other trees
		tree.insert(token)
	}
	for range 2 {
		runtime.GC() // stands for the allocations of other requests
	}
	found = tree.newest()
	runtime.GC()
	fmt.Println("nodes", tree.nodes, len(pinned))
}
