// Weight loader: reads tensors out of a file whose header says where each one lies.
package main

import (
	"encoding/binary"
	"errors"
	"fmt"
)

var errTruncated = errors.New("file ends before the tensor does")

type tensorInfo struct {
	name   string
	offset uint64
	bytes  uint64
}

// readInfo reads one entry of the tensor table: offset and size, as the file claims them.
func readInfo(table []byte, name string) tensorInfo {
	return tensorInfo{
		name:   name,
		offset: binary.LittleEndian.Uint64(table),
		bytes:  binary.LittleEndian.Uint64(table[8:]),
	}
}

func loadTensor(file []byte, t tensorInfo) ([]byte, error) {
	return file[t.offset : t.offset+t.bytes], nil
}

// modelFile builds a file of two tensors of 256 bytes each.
func modelFile() []byte {
	file := make([]byte, 32, 32+512)
	binary.LittleEndian.PutUint64(file[0:], 32)
	binary.LittleEndian.PutUint64(file[8:], 256)
	binary.LittleEndian.PutUint64(file[16:], 32+256)
	binary.LittleEndian.PutUint64(file[24:], 256)
	return append(file, make([]byte, 512)...)
}

func main() {
	whole := modelFile()
	partial := whole[:400:400] // an interrupted download
	for i, name := range []string{"token_embd.weight", "output.weight"} {
		data, err := loadTensor(partial, readInfo(partial[i*16:], name))
		fmt.Println(name, len(data), err)
	}
}
