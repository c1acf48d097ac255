// Fails: run: C reads 0 instead of 7
package main

/*
#include <stdlib.h>
static int first(int **rows) { return rows[0][0]; }
*/
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"
)

func main() {
	rows := (**C.int)(C.malloc(2 * C.size_t(unsafe.Sizeof(uintptr(0)))))
	defer C.free(unsafe.Pointer(rows))
	table := unsafe.Slice(rows, 2)
	for i := range table {
		row := make([]int32, 1<<16)
		row[0] = 7
		table[i] = (*C.int)(unsafe.Pointer(&row[0])) // want cgo-go-pointer-in-c-memory
	}
	var kept [][]int32
	for range 200 {
		runtime.GC()
		kept = append(kept, make([]int32, 1<<16))
	}
	fmt.Printf("C reads %d instead of 7\n", C.first(rows))
	runtime.KeepAlive(kept)
}
