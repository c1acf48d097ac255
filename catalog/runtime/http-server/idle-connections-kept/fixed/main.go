// Inference gateway over HTTP/2: short-lived clients connect, ask once and go quiet without closing.
package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime/pprof"
	"strings"
	"time"
)

func newGateway() *httptest.Server {
	gateway := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "ok")
	}))
	gateway.EnableHTTP2 = true
	gateway.Config.IdleTimeout = 100 * time.Millisecond // minutes in production
	gateway.StartTLS()
	return gateway
}

// heldConnections counts the goroutines of the server that serve an HTTP/2 connection: http2serverConn, or serverConn since Go 1.27.
func heldConnections() int {
	var dump bytes.Buffer
	pprof.Lookup("goroutine").WriteTo(&dump, 2)
	return strings.Count(dump.String(), "erverConn).serve(")
}

func main() {
	gateway := newGateway()
	clients := 0
	for range 20 {
		transport := gateway.Client().Transport.(*http.Transport).Clone()
		client := &http.Client{Transport: transport}
		resp, err := client.Get(gateway.URL)
		if err != nil {
			fmt.Println(err)
			return
		}
		resp.Body.Close()
		clients++
	}
	time.Sleep(2500 * time.Millisecond)
	fmt.Printf("%d clients hold %d idle connections\n", clients, heldConnections())
}
