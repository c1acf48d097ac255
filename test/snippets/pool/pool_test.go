package snippet

import (
	"bytes"
	"testing"
)

func TestBufferIsEmptyAndReused(t *testing.T) {
	reused := false
	seen := map[*bytes.Buffer]bool{}
	for range 1000 {
		err := withBuffer(func(buffer *bytes.Buffer) error {
			if buffer.Len() != 0 {
				t.Fatalf("holds %q of another request", buffer)
			}
			reused = reused || seen[buffer]
			seen[buffer] = true
			buffer.WriteString("the prompt of a user")
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if !reused {
		t.Fatal("no buffer was used twice")
	}
}

func TestLargeBufferIsDropped(t *testing.T) {
	var large *bytes.Buffer
	withBuffer(func(buffer *bytes.Buffer) error {
		large = buffer
		buffer.Grow(2 << 20)
		return nil
	})
	for range 1000 {
		if bufferPool.Get().(*bytes.Buffer) == large {
			t.Fatal("a large buffer came back")
		}
	}
}

func TestNobodyGetsTheBufferOfAPanic(t *testing.T) {
	var held *bytes.Buffer
	func() {
		defer func() { recover() }()
		withBuffer(func(buffer *bytes.Buffer) error {
			held = buffer
			panic("half written")
		})
	}()
	for range 1000 {
		if bufferPool.Get().(*bytes.Buffer) == held {
			t.Fatal("the buffer came back")
		}
	}
}
