// Starts the keep-alive ticker of a token stream with an interval nobody configured.
package main

import (
	"fmt"
	"time"
)

type streamConfig struct {
	Model     string
	KeepAlive time.Duration
}

type stream struct {
	config streamConfig
	ticker *time.Ticker
}

func openStream(config streamConfig) *stream {
	if config.KeepAlive <= 0 {
		config.KeepAlive = 15 * time.Second
	}
	return &stream{config, time.NewTicker(config.KeepAlive)}
}

func (s *stream) close() {
	s.ticker.Stop()
}

func main() {
	s := openStream(streamConfig{Model: "llama3:8b"})
	defer s.close()
	fmt.Println("streaming", s.config.Model)
}
