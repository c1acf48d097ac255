// Defines the flags of a server in two places, with one name twice.
package main

import (
	"flag"
	"fmt"
)

type serverConfig struct {
	addr  string
	model string
}

type metricsConfig struct{ addr string }

func (c *serverConfig) bind() {
	flag.StringVar(&c.addr, "addr", ":11434", "address of the API")
	flag.StringVar(&c.model, "model", "llama3:8b", "model to load at start")
}

func (c *metricsConfig) bind() {
	flag.StringVar(&c.addr, "metrics-addr", ":9090", "address of the metrics")
}

func main() {
	var server serverConfig
	var metrics metricsConfig
	server.bind()
	metrics.bind()
	flag.Parse()
	fmt.Println("api", server.addr, "metrics", metrics.addr)
}
