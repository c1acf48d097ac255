// Usage meter: opens its log file at the start and writes one line per request.
package main

import (
	"fmt"
	"log"
	"os"
)

var usage *log.Logger

type meter struct {
	prefix string
	out    *os.File
}

func newMeter() (*meter, error) {
	return &meter{prefix: "usage ", out: os.Stdout}, nil
}

func setUp() error {
	m, err := newMeter()
	if err != nil {
		return err
	}
	usage = log.New(m.out, m.prefix, 0)
	usage.Println("started")
	return nil
}

func record(model string, tokens int) {
	usage.Printf("%s %d", model, tokens)
}

func main() {
	if err := setUp(); err != nil {
		fmt.Println(err)
		return
	}
	record("llama3", 128)
}
