// Opens device buffers that free themselves, and counts the handles still open after they are dropped.
package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

const buffers = 100

var open atomic.Int64

func closeHandle(uintptr) {
	open.Add(-1)
}

type Buffer struct {
	handle uintptr
	view   *View
}

// View reads a buffer and keeps it in sight.
type View struct {
	buffer *Buffer
}

// newBuffer opens a handle that is closed when the buffer is garbage.
func newBuffer(handle uintptr) *Buffer {
	open.Add(1)
	b := &Buffer{handle: handle}
	b.view = &View{buffer: b}
	runtime.SetFinalizer(b, func(b *Buffer) { closeHandle(b.handle) })
	return b
}

func main() {
	for i := range buffers {
		newBuffer(uintptr(i))
	}
	for range 10 {
		runtime.GC()
		time.Sleep(5 * time.Millisecond)
	}
	fmt.Println("handles leaked:", open.Load() > buffers/2)
}
