// Decodes length-prefixed embedding frames and grows the buffer by the announced length.
package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

const maxFrame = 16 << 20

var errFrame = errors.New("frame is too long")

type decoder struct{ pending []byte }

// reserve makes room for the payload that the frame header announces.
func (d *decoder) reserve(header []byte) error {
	length := binary.BigEndian.Uint64(header)
	if length > maxFrame {
		return errFrame
	}
	d.pending = slices.Grow(d.pending, int(length))
	return nil
}

func (d *decoder) feed(frame []byte) error {
	if len(frame) < 8 {
		return errFrame
	}
	if err := d.reserve(frame[:8]); err != nil {
		return err
	}
	d.pending = append(d.pending, frame[8:]...)
	return nil
}

func main() {
	var d decoder
	good := append(binary.BigEndian.AppendUint64(nil, 4), 1, 2, 3, 4)
	fmt.Println("first frame:", d.feed(good))
	bad := append([]byte(`{"event"`), `:"token"}`...)
	fmt.Println("second frame:", d.feed(bad))
}
