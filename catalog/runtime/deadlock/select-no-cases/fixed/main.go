// Drains the queues that the configuration names and stays up until the brokers close them.
package main

import (
	"fmt"
	"time"
)

type config struct {
	queues   []string
	attempts int
}

func drain(queue string, attempts int) string {
	for range attempts {
		time.Sleep(5 * time.Millisecond)
	}
	return queue + " closed by broker"
}

func serve(c config) {
	closed := make(chan string, len(c.queues))
	for _, q := range c.queues {
		go func() { closed <- drain(q, c.attempts) }()
	}
	for range c.queues {
		<-closed
	}
}

func main() {
	serve(config{queues: []string{"embeddings", "rerank"}, attempts: 2})
	fmt.Println("all queues closed")
}
