package main

import (
	"bufio"
	"net"
)

// Another package's Flusher.
type http struct{}

type Flusher interface{ Flush() error }

func flush(x any) error { return x.(Flusher).Flush() }

func main() {
	var conn net.Conn
	_ = flush(bufio.NewWriter(conn))
	_ = http{}
}
