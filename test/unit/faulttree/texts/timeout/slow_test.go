// One test waits for ever, another has ended.
package timeout

import "testing"

func TestQuick(t *testing.T) {}

func receive(c chan int) int { return <-c }

func TestSlow(t *testing.T) {
	t.Run("inner", func(t *testing.T) {
		receive(make(chan int))
	})
}
