// Fails: run: panic: close of closed channel
package main

import (
	"fmt"
	"os"
)

func read(name string, lines chan<- string) error {
	defer close(lines) // want send-after-close
	data, err := os.ReadFile(name)
	if err != nil {
		close(lines)
		return err
	}
	lines <- string(data)
	return nil
}

func main() {
	lines := make(chan string, 1)
	fmt.Println(read("/nowhere", lines))
}
