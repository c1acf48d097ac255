// Reuses token buffers through a sync.Pool that has no New function.
package main

import (
	"fmt"
	"sync"
)

type tokenBuffer struct{ ids []int32 }

var buffers = sync.Pool{}

func encode(text string) int {
	buf := buffers.Get().(*tokenBuffer)
	defer buffers.Put(buf)
	buf.ids = buf.ids[:0]
	for _, r := range text {
		buf.ids = append(buf.ids, int32(r))
	}
	return len(buf.ids)
}

func main() {
	fmt.Println("tokens:", encode("why is the sky blue"))
}
