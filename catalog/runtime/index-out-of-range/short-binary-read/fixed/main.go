// Tensor server: requests are framed as a length and a tensor id, both big-endian.
package main

import (
	"encoding/binary"
	"errors"
	"fmt"
)

var errShort = errors.New("frame is shorter than its header")

const headerBytes = 12

type header struct {
	length uint32
	tensor uint64
}

func parseHeader(frame []byte) (header, error) {
	if len(frame) < headerBytes {
		return header{}, errShort
	}
	return header{
		length: binary.BigEndian.Uint32(frame),
		tensor: binary.BigEndian.Uint64(frame[4:]),
	}, nil
}

func main() {
	for _, frame := range [][]byte{
		{0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 7},
		{0, 0, 0, 16, 0, 0, 0, 0}, // the client sent a 32-bit id
	} {
		h, err := parseHeader(frame)
		fmt.Println(h.length, h.tensor, err)
	}
}
