// Writes the tensors of a model file, one goroutine per tensor.
package main

import (
	"errors"
	"fmt"
	"sync"
)

type tensor struct {
	name string
	data []byte
}

var errShort = errors.New("short write")

func writeTensor(t tensor) (int, error) {
	if len(t.data) == 0 {
		return 0, errShort
	}
	return len(t.data), nil
}

func writeAll(tensors []tensor) error {
	var err error
	var wg sync.WaitGroup
	for _, t := range tensors {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_, err = writeTensor(t)
		}()
	}
	wg.Wait()
	return err
}

func main() {
	tensors := []tensor{{"token_embd", []byte{1, 2}}, {"output", []byte{3}}, {"norm", []byte{4, 5, 6}}}
	fmt.Println("written:", writeAll(tensors))
}
