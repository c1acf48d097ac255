// Imports uploaded GGUF files. Version 1 ends its strings with a zero byte, which the reader cuts off.
package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

var errFormat = errors.New("gguf: malformed file")

type ggufReader struct {
	r       io.Reader
	version uint32
}

func (g ggufReader) readString() (string, error) {
	var length uint64
	if err := binary.Read(g.r, binary.LittleEndian, &length); err != nil {
		return "", err
	}
	var b bytes.Buffer
	if _, err := io.CopyN(&b, g.r, int64(length)); err != nil {
		return "", errFormat
	}
	if g.version == 1 {
		b.Truncate(b.Len() - 1)
	}
	return b.String(), nil
}

// firstKey reads the name of a model's first metadata entry.
func firstKey(blob []byte) (string, error) {
	r := bytes.NewReader(blob)
	var header struct {
		Magic          [4]byte
		Version        uint32
		Tensors, Pairs uint32
	}
	if err := binary.Read(r, binary.LittleEndian, &header); err != nil || string(header.Magic[:]) != "GGUF" {
		return "", errFormat
	}
	return ggufReader{r, header.Version}.readString()
}

// file is a GGUF file of version 1 with one metadata key.
func file(key string) []byte {
	blob := binary.LittleEndian.AppendUint32([]byte("GGUF"), 1)
	blob = binary.LittleEndian.AppendUint32(blob, 0)
	blob = binary.LittleEndian.AppendUint32(blob, 1)
	blob = binary.LittleEndian.AppendUint64(blob, uint64(len(key)))
	return append(blob, key...)
}

func main() {
	for _, key := range []string{"general.architecture\x00", ""} {
		name, err := firstKey(file(key))
		fmt.Printf("first key %q, error: %v\n", name, err)
	}
}
