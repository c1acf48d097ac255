// Request validation: every endpoint checks its request and answers with the offending field.
package main

import "fmt"

type fieldError struct {
	field  string
	reason string
}

func (e *fieldError) Error() string {
	return fmt.Sprintf("field %s %s", e.field, e.reason)
}

type request interface{ validate() error }

type generateRequest struct {
	Model     string
	MaxTokens int
}

func (r generateRequest) validate() error {
	var failed *fieldError
	if r.Model == "" {
		failed = &fieldError{"model", "must not be empty"}
	} else if r.MaxTokens < 1 {
		failed = &fieldError{"max_tokens", "must be positive"}
	}
	return failed
}

type listRequest struct{}

func (listRequest) validate() error { return nil }

func accept(r request) string {
	if err := r.validate(); err != nil {
		return "400 " + err.Error()
	}
	return "200 queued"
}

func main() {
	for _, r := range []request{
		listRequest{},
		generateRequest{Model: "llama3"},
		generateRequest{Model: "llama3", MaxTokens: 64},
	} {
		fmt.Println(accept(r))
	}
}
