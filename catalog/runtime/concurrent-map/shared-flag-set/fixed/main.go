// A chat server whose users set options with a command line in the message; one parser serves all of them.
package main

import (
	"flag"
	"fmt"
	"io"
	"strings"
	"sync"
)

type options struct {
	temperature float64
	topK        int
}

// parse reads a message such as `/set -temperature 0.2 -top-k 40`.
func parse(message string) (options, error) {
	commands := flag.NewFlagSet("set", flag.ContinueOnError)
	commands.SetOutput(io.Discard)
	temperature := commands.Float64("temperature", 0.8, "sampling temperature")
	topK := commands.Int("top-k", 40, "candidates kept")
	err := commands.Parse(strings.Fields(message)[1:])
	return options{*temperature, *topK}, err
}

func main() {
	var users sync.WaitGroup
	for user := range 8 {
		users.Add(1)
		go func() {
			defer users.Done()
			for range 5000 {
				if _, err := parse(fmt.Sprintf("/set -temperature 0.%d -top-k %d", user, 40+user)); err != nil {
					fmt.Println(err)
				}
			}
		}()
	}
	users.Wait()
	fmt.Println("all options read")
}
