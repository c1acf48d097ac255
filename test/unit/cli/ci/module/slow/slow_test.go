package slow

import "testing"

func TestWaits(t *testing.T) {
	results := make(chan int)
	<-results
}
