// Tunnel endpoint: takes the connection over from the server, behind a middleware that drains request bodies.
package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"time"
)

// drainBody reads what a handler left of the request, so that the connection can be used again.
func drainBody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r)
		io.Copy(io.Discard, r.Body)
	})
}

func echo(conn net.Conn, rw *bufio.ReadWriter) {
	for {
		line, err := rw.ReadString('\n')
		if err != nil {
			return
		}
		io.WriteString(conn, "echo "+line)
	}
}

func generate(w http.ResponseWriter, r *http.Request) {
	io.WriteString(w, "generated")
}

func tunnel(w http.ResponseWriter, r *http.Request) {
	conn, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	io.WriteString(conn, "HTTP/1.1 200 OK\r\n\r\n")
	go echo(conn, rw)
	time.Sleep(100 * time.Millisecond) // the tunnel is registered with the session manager
}

func main() {
	mux := http.NewServeMux()
	mux.Handle("/generate", drainBody(http.HandlerFunc(generate)))
	mux.Handle("/tunnel", drainBody(http.HandlerFunc(tunnel)))
	server := httptest.NewServer(mux)
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		fmt.Println(err)
		return
	}
	io.WriteString(conn, "POST /tunnel HTTP/1.1\r\nHost: local\r\nContent-Length: 64\r\n\r\nhello\n")
	answer := bufio.NewReader(conn)
	for line := ""; line != "echo hello\n" && err == nil; {
		line, err = answer.ReadString('\n')
	}
	time.Sleep(300 * time.Millisecond)
	fmt.Println("tunnel answered:", err)
}
