package tokenizer

import "testing"

func TestRacy(t *testing.T) {
	counts := 0
	done := make(chan bool)
	go func() {
		counts++ // @racy
		done <- true
	}()
	counts++
	<-done
}
