package main

import (
	"os"
	"unsafe"
)

type digest struct{ state [4]uint64 }

func (d *digest) Write(p []byte) (int, error) {
	d.state[0] += uint64(len(p))
	return len(p), nil
}

func hash(s string) uint64 {
	var d digest
	_, _ = d.Write(unsafe.Slice(unsafe.StringData(s), len(s)))
	_, _ = os.Stdout.Write(unsafe.Slice(unsafe.StringData(s), len(s)))
	return d.state[0]
}

func main() { println(hash("abc")) }
