// Builds the request queue of an inference server from a setting where -1 means unlimited.
package main

import (
	"fmt"
	"strconv"
)

const defaultQueue = 64

type request struct{ prompt string }

type scheduler struct{ pending chan request }

func newScheduler(settings map[string]string) (*scheduler, error) {
	size, err := strconv.Atoi(settings["max_queue"])
	if err != nil {
		return nil, err
	}
	if size < 0 {
		size = defaultQueue
	}
	return &scheduler{pending: make(chan request, size)}, nil
}

func main() {
	s, err := newScheduler(map[string]string{"max_queue": "-1"})
	if err != nil {
		fmt.Println("settings:", err)
		return
	}
	s.pending <- request{prompt: "why is the sky blue"}
	fmt.Println("queue of", cap(s.pending))
}
