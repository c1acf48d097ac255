// Prefetches weight blocks on a thread of a C library while Go prepares the graph.
package main

// #cgo LDFLAGS: -lpthread
// #include <stdlib.h>
// #include "prefetch.h"
import "C"

import (
	"fmt"
	"time"
)

// prefetch hands the blocks to the library.
func prefetch(blocks []string) {
	list := (*[8]*C.char)(C.calloc(8, 8))
	for i, b := range blocks {
		list[i] = C.CString(b)
	}
	C.prefetch_start(&list[0], C.int(len(blocks)))
}

func main() {
	prefetch([]string{"blk.0", "blk.1", "blk.2"})
	time.Sleep(50 * time.Millisecond) // the graph is built meanwhile
	fmt.Println("prefetched", C.prefetch_wait())
}
