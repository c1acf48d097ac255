// Reads the key-value pairs of a model header without copying the strings.
package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"unsafe"
)

var errHeader = errors.New("string runs past the header")

// readString views the string at the start of buf: 8 bytes of length, then the text.
func readString(buf []byte) (string, error) {
	n := int64(binary.LittleEndian.Uint64(buf))
	text := buf[8:]
	if n <= 0 || n > int64(len(text)) {
		return "", errHeader
	}
	return unsafe.String(&text[0], n), nil
}

func main() {
	key := append(binary.LittleEndian.AppendUint64(nil, 5), "llama"...)
	damaged := append(binary.LittleEndian.AppendUint64(nil, 1<<63|5), "llama"...)
	for _, buf := range [][]byte{key, damaged} {
		name, err := readString(buf)
		fmt.Println(name, err)
	}
}
