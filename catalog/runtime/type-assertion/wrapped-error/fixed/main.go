// Decides on a retry by asserting the type of an upstream error that a caller wraps.
package main

import (
	"errors"
	"fmt"
	"net/http"
)

type apiError struct {
	status int
	body   string
}

func (e *apiError) Error() string {
	return fmt.Sprintf("upstream answered %d: %s", e.status, e.body)
}

var errNoKey = errors.New("no API key")

func complete(prompt, key string) error {
	if key == "" {
		return errNoKey
	}
	err := &apiError{http.StatusTooManyRequests, "slow down"}
	return fmt.Errorf("complete %q: %w", prompt, err)
}

func shouldRetry(err error) bool {
	if err == nil || errors.Is(err, errNoKey) {
		return false
	}
	var upstream *apiError
	return errors.As(err, &upstream) && upstream.status == http.StatusTooManyRequests
}

func main() {
	fmt.Println("without key, retry:", shouldRetry(complete("hi", "")))
	fmt.Println("rate limited, retry:", shouldRetry(complete("hi", "key-1")))
}
