// Streams tokens until the answer ends. A client that resets its connection is taken for a fault of the server.
package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"syscall"
	"time"
)

// clientGone tells whether a write failed because nobody reads any more.
func clientGone(err error) bool {
	return errors.Is(err, syscall.EPIPE)
}

// send writes one token at once, as server-sent events need it.
func send(w http.ResponseWriter, token string) {
	_, err := fmt.Fprintf(w, "data: %s\n\n", token)
	if err == nil {
		err = http.NewResponseController(w).Flush()
	}
	switch {
	case err == nil:
	case clientGone(err):
		panic(http.ErrAbortHandler)
	default:
		panic(err)
	}
}

type server struct{ done sync.WaitGroup }

func (s *server) stream(w http.ResponseWriter, r *http.Request) {
	defer s.done.Done()
	for range 200 {
		send(w, "token")
		time.Sleep(time.Millisecond)
	}
}

// impatient asks, reads the first token and resets the connection. The rest of its upload was never read.
func impatient(address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	fmt.Fprint(conn, "POST /v1/chat HTTP/1.1\r\nHost: llm\r\nContent-Length: 1000000\r\n\r\n{\"prompt\":")
	if _, err := conn.Read(make([]byte, 16)); err != nil {
		return err
	}
	conn.(*net.TCPConn).SetLinger(0)
	return conn.Close()
}

func main() {
	s := &server{}
	front := httptest.NewServer(http.HandlerFunc(s.stream))
	defer front.Close()
	s.done.Add(1)
	if err := impatient(front.Listener.Addr().String()); err != nil {
		fmt.Println(err)
	}
	s.done.Wait()
	time.Sleep(50 * time.Millisecond)
	fmt.Println("client went away")
}
