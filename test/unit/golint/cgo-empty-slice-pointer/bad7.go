// Fails: run: index out of range \[0\] with length 0
package main

/*
static float sum(const float *v, int n) { float t = 0; for (int i = 0; i < n; i++) t += v[i]; return t; }
static int count(const void *p, int n) { return p ? n : 0; }
static int bound(int n) { return n + 16; }
*/
import "C"

import "unsafe"

// Assign has a list for each partition.
func Assign(partitions [][]int32) int {
	total := 0
	for _, replicas := range partitions {
		copied := make([]C.float, len(replicas))
		total += int(C.count(unsafe.Pointer(&copied[0]), C.int(len(copied)))) // want cgo-empty-slice-pointer
	}
	return total
}

func main() { println(Assign([][]int32{{1}, {}})) }
