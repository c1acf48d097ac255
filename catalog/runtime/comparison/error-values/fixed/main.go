// Gives up when the same error comes twice and compares errors that hold a slice.
package main

import (
	"errors"
	"fmt"
	"slices"
)

var errEmpty = errors.New("empty prompt")

type validationError struct{ fields []string }

func (e validationError) Error() string {
	return fmt.Sprint("invalid fields ", e.fields)
}

func (e validationError) Is(target error) bool {
	other, ok := target.(validationError)
	return ok && slices.Equal(e.fields, other.fields)
}

func submit(prompt string, temperature float64) error {
	if prompt == "" {
		return errEmpty
	}
	if temperature > 2 {
		return validationError{[]string{"temperature"}}
	}
	return nil
}

func retry(prompt string, temperature float64) (attempts int, err error) {
	var last error
	for attempts = 1; attempts <= 5; attempts++ {
		err = submit(prompt, temperature)
		if errors.Is(err, last) {
			return attempts, err
		}
		last = err
	}
	return attempts, err
}

func main() {
	fmt.Println(retry("", 1))
	fmt.Println(retry("hi", 3))
}
