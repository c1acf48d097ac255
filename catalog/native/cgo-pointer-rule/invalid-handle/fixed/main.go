// Streams tokens from a C generator to a client through a handle.
package main

// #include "stream.h"
import "C"

import (
	"fmt"
	"runtime/cgo"
)

type Client struct {
	sent int
}

//export onToken
func onToken(user C.uintptr_t, token C.int) {
	client := cgo.Handle(user).Value().(*Client)
	if token < 0 {
		fmt.Println("flushed after", client.sent)
		return
	}
	client.sent++
}

// stream generates the tokens and flushes what is left.
func stream(client *Client, tokens int) {
	h := cgo.NewHandle(client)
	defer h.Delete()
	C.stream_generate(C.int(tokens), C.uintptr_t(h))
	C.stream_flush(C.uintptr_t(h))
}

func main() {
	stream(&Client{}, 3)
}
