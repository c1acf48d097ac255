// Closes the notification channel of a load that was never started.
package main

import "fmt"

type loader struct {
	model  string
	loaded chan struct{}
}

func (l *loader) start() {
	l.loaded = make(chan struct{})
}

func (l *loader) cancel() {
	if l.loaded != nil {
		close(l.loaded)
	}
}

func main() {
	running := &loader{model: "llama3:8b"}
	running.start()
	queued := &loader{model: "qwen3:4b"}
	for _, l := range []*loader{running, queued} {
		l.cancel()
		fmt.Println("cancelled", l.model)
	}
}
