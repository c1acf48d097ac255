// Tests a stream that reports its usage from the background; the suite stops a server at its end.
package stream

import (
	"os"
	"testing"
	"time"
)

// stream calls done with the number of tokens when its last token is out.
func stream(tokens []string, done func(n int)) {
	go func() {
		time.Sleep(20 * time.Millisecond)
		done(len(tokens))
	}()
}

func TestUsage(t *testing.T) {
	stream([]string{"Hello", "!"}, func(n int) {
		t.Logf("used %d tokens", n)
	})
}

// stopServer stands for a teardown that takes its time.
func stopServer() { time.Sleep(200 * time.Millisecond) }

func TestMain(m *testing.M) {
	code := m.Run()
	stopServer()
	os.Exit(code)
}
