// Reads a table of offsets out of a model file that was read into a byte slice.
package main

import (
	"encoding/binary"
	"fmt"
)

// readEntry reads the entry that follows the 4-byte magic number.
func readEntry(file []byte) uint64 {
	return binary.LittleEndian.Uint64(file[12:])
}

func main() {
	file := binary.LittleEndian.AppendUint32(nil, 0x46554747)
	file = append(file, make([]byte, 8)...)
	file = binary.LittleEndian.AppendUint64(file, 4096)
	file = append(file, make([]byte, 32)...)
	fmt.Println("offset", readEntry(file))
}
