// Starts an inference server and its metrics page, each on an address from the configuration.
package main

import (
	"fmt"
	"net"
	"net/http"
)

type Config struct {
	api, metrics string
}

// mustListen opens the address or gives up.
func mustListen(addr string) net.Listener {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		panic(err)
	}
	return l
}

// serve answers on the listener.
func serve(l net.Listener, name string) {
	go http.Serve(l, http.NotFoundHandler())
	fmt.Println(name, "is up")
}

func main() {
	api := mustListen("127.0.0.1:0") // the port the machine has free stands for 11434
	serve(api, "api")
	config := Config{api: api.Addr().String(), metrics: "127.0.0.1:0"}
	serve(mustListen(config.metrics), "metrics")
}
