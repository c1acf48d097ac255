// Fails: run: panic: runtime error: .*cgo.* has Go pointer to unpinned Go (?:unsafe )?pointer
package main

/*
struct buffer { void *base; int len; };
static int put(struct buffer *b, int n) { return b[n - 1].len; }
*/
import "C"

import "unsafe"

func put(chunks [][]byte) int {
	buffers := make([]C.struct_buffer, len(chunks))
	for i := range chunks {
		if len(chunks[i]) == 0 {
			return -1
		}
		buffers[i].base = unsafe.Pointer(&chunks[i][0])
		buffers[i].len = C.int(min(len(chunks[i]), 1<<20))
	}
	if len(buffers) == 0 {
		return 0
	}
	return int(C.put(&buffers[0], C.int(len(buffers)))) // want cgo-nested-go-pointer
}

func main() { println(put([][]byte{{1}, {2, 3}})) }
