// Fails: run: unexpected fault address
package main

import (
	"bytes"
	"io"
	"unsafe"
)

type message struct{ text string }

func (m *message) fill(r io.Reader) error {
	text := m.text
	view := *(*[]byte)(unsafe.Pointer(&struct {
		string
		int
	}{text, len(text)}))
	_, err := io.ReadFull(r, view[:2]) // want string-bytes-write
	return err
}

func main() {
	m := &message{text: "hello"}
	if err := m.fill(bytes.NewReader([]byte("HE"))); err != nil {
		panic(err)
	}
}
