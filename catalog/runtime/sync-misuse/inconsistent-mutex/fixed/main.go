// Reads tensor headers from a weights file straight into the structs that guard the tensors.
package main

import (
	"encoding/binary"
	"fmt"
	"math"
	"sync"
	"unsafe"
)

// tensor starts with the header as the file holds it.
type tensor struct {
	rows, cols uint32
	kind       uint32
	offset     uint32

	mu   sync.Mutex
	used int
}

const headerSize = unsafe.Offsetof(tensor{}.mu)

// readHeader copies the header at the start of raw.
func (t *tensor) readHeader(raw []byte) {
	dst := unsafe.Slice((*byte)(unsafe.Pointer(t)), headerSize)
	copy(dst, raw)
}

func (t *tensor) acquire() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.used++
	return t.used
}

// weightsFile is one tensor of 1 x 4 floats: its header, then its data.
func weightsFile() []byte {
	raw := []byte{}
	for _, field := range []uint32{1, 4, 0, 16} {
		raw = binary.LittleEndian.AppendUint32(raw, field)
	}
	for _, w := range []float32{0.1, 0.2, 0.3, 0.4} {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(w))
	}
	return raw
}

func main() {
	t := &tensor{}
	t.readHeader(weightsFile())
	fmt.Println(t.rows, "x", t.cols, "header", headerSize, "users", t.acquire())
}
