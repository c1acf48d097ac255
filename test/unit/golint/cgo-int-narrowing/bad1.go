// Fails: run: C is told 0 bytes instead of 4294967296
package main

// static int told(int bytes) { return bytes; }
import "C"

import "fmt"

func size(vector []float32) int {
	return int(C.told(C.int(len(vector) * 4))) // want cgo-int-narrowing
}

func main() {
	fmt.Printf("C is told %d bytes instead of %d\n", size(make([]float32, 1<<30)), uint64(4<<30))
}
