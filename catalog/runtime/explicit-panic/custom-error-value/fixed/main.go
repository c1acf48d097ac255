// Checks the options of a model before it is loaded.
package main

import "fmt"

type optionError struct {
	option string
	value  int
	limit  int
}

func (e optionError) Error() string {
	return fmt.Sprintf("%s is %d, at most %d", e.option, e.value, e.limit)
}

type options struct {
	contextSize int
	batchSize   int
}

func (o options) validate() error {
	if o.batchSize > o.contextSize {
		return optionError{"batch_size", o.batchSize, o.contextSize}
	}
	return nil
}

func load(model string, o options) error {
	if err := o.validate(); err != nil {
		return fmt.Errorf("%s: %w", model, err)
	}
	return nil
}

func main() {
	fmt.Println(load("llama-3-8b", options{contextSize: 2048, batchSize: 4096}))
}
