// Loads a model file and stops with an error that names the tensor it failed on.
package main

import "fmt"

type tensorInfo struct {
	name   string
	offset int64
}

type loadError struct {
	tensor *tensorInfo
	reason string
}

func (e *loadError) Error() string {
	return fmt.Sprint("tensor ", e.tensor.name, ": ", e.reason)
}

func checkCount(tensors []tensorInfo, want int) error {
	if len(tensors) < want {
		return &loadError{reason: fmt.Sprintf("%d of %d tensors", len(tensors), want)}
	}
	return nil
}

func load(tensors []tensorInfo, want int) error {
	if err := checkCount(tensors, want); err != nil {
		panic(err)
	}
	return nil
}

func main() {
	if err := load([]tensorInfo{{"token_embd.weight", 0}}, 2); err != nil {
		fmt.Println("cannot load:", err)
	}
}
