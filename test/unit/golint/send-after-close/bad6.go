// Fails: run: panic: send on closed channel
package main

import (
	"errors"
	"fmt"
)

func load(names []string, failures chan error) {
	for _, name := range names {
		if name == "" {
			failures <- errors.New("no name") // want send-after-close
			close(failures)
		}
	}
}

func main() {
	failures := make(chan error, 10)
	load([]string{"a", "", "b", ""}, failures)
	for err := range failures {
		fmt.Println(err)
	}
}
