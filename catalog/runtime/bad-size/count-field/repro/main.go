// Reads the tensor table of a model file and reserves it by the count in the header.
package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

type tensorInfo struct {
	Kind, Dims uint32
	Offset     uint64
}

type header struct {
	Magic   [4]byte
	Version uint32
	Tensors uint64
}

func readTensorTable(r *bytes.Reader) ([]tensorInfo, error) {
	var h header
	if err := binary.Read(r, binary.LittleEndian, &h); err != nil {
		return nil, err
	}
	table := make([]tensorInfo, 0, h.Tensors)
	for range h.Tensors {
		var info tensorInfo
		if err := binary.Read(r, binary.LittleEndian, &info); err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return nil, err
		}
		table = append(table, info)
	}
	return table, nil
}

func main() {
	// A shard written on a big-endian machine: the count 2 reads as 2 << 56.
	var file bytes.Buffer
	file.WriteString("GGUF")
	binary.Write(&file, binary.BigEndian, uint32(3))
	binary.Write(&file, binary.BigEndian, uint64(2))
	file.Write(make([]byte, 32))
	table, err := readTensorTable(bytes.NewReader(file.Bytes()))
	fmt.Println("tensors:", len(table), err)
}
