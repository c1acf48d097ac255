// Opens a token stream and sets a finalizer that closes it.
package main

import (
	"fmt"
	"io"
	"runtime"
)

type Stream struct {
	open bool
}

func (s Stream) Close() error {
	fmt.Println("closed")
	return nil
}

func closeStream(s Stream) {
	var c io.Closer = s
	c.Close()
}

// openStream returns a stream that closes itself.
func openStream() *Stream {
	s := &Stream{open: true}
	runtime.SetFinalizer(s, closeStream)
	return s
}

func main() {
	s := openStream()
	fmt.Println("open", s.open)
	runtime.KeepAlive(s)
}
