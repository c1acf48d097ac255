// Reads a table of offsets out of a model file that was read into a byte slice.
package main

import (
	"encoding/binary"
	"fmt"
	"unsafe"
)

type entry struct {
	name *byte
	at   uint64
}

// readEntry reads the entry that follows the 4-byte magic number.
func readEntry(file []byte) uint64 {
	e := (*entry)(unsafe.Pointer(&file[4]))
	return e.at
}

func main() {
	file := binary.LittleEndian.AppendUint32(nil, 0x46554747)
	file = append(file, make([]byte, 8)...)
	file = binary.LittleEndian.AppendUint64(file, 4096)
	file = append(file, make([]byte, 32)...)
	fmt.Println("offset", readEntry(file))
}
