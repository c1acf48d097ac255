// Holds a stream open for every client, below the limit of descriptors it was started with.
package main

import (
	"fmt"
	"net"
	"syscall"
)

const (
	clients     = 60
	descriptors = 256 // two for each client of this program, and a few of its own
)

// accept serves each client on a goroutine until it hangs up.
func accept(l net.Listener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer conn.Close()
			conn.Read(make([]byte, 1))
		}()
	}
}

// connect opens a stream and keeps it.
func connect(addr string) net.Conn {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		panic(err)
	}
	return conn
}

func main() {
	limit := syscall.Rlimit{Cur: descriptors, Max: descriptors}
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		fmt.Println("limit:", err)
		return
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println("listen:", err)
		return
	}
	go accept(l)
	for range clients {
		conn := connect(l.Addr().String())
		defer conn.Close()
	}
	fmt.Println("streams", clients)
}
