// Tests concurrent requests against a backend; a helper goroutine checks each answer.
package backend

import "testing"

func answer(prompt string) string {
	if prompt == "" {
		return "empty prompt"
	}
	return "ok"
}

func TestConcurrentAnswers(t *testing.T) {
	prompts := []string{"Hello", ""}
	answers := make(chan string)
	for _, p := range prompts {
		go func() {
			got := answer(p)
			if got != "ok" {
				t.FailNow()
			}
			answers <- got
		}()
	}
	for range prompts {
		<-answers
	}
}
