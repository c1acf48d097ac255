package snippet

import (
	"fmt"
	"sync"
	"testing"
)

func TestStaysWithinBothLimits(t *testing.T) {
	c := newKVCache(1000, 10)
	for i := range 10_000 {
		c.Put(fmt.Sprint(i), make([]byte, i%300))
		if c.bytes > 1000 || len(c.entries) > 10 || c.order.Len() != len(c.entries) {
			t.Fatalf("%d bytes, %d entries, %d in order", c.bytes, len(c.entries), c.order.Len())
		}
	}
	bytes := 0
	for element := c.order.Front(); element != nil; element = element.Next() {
		entry := element.Value.(*kvEntry)
		bytes += len(entry.key) + cap(entry.value)
	}
	if bytes != c.bytes {
		t.Fatalf("counts %d bytes, holds %d", c.bytes, bytes)
	}
}

func TestWhatWasUsedLongestAgoGoes(t *testing.T) {
	c := newKVCache(1000, 2)
	c.Put("a", []byte("1"))
	c.Put("b", []byte("2"))
	c.Get("a")
	c.Put("c", []byte("3"))
	for key, want := range map[string]bool{"a": true, "b": false, "c": true} {
		if _, ok := c.Get(key); ok != want {
			t.Errorf("%s: there is %v", key, ok)
		}
	}
}

func TestSameKeyIsReplacedAndTooLargeIsRefused(t *testing.T) {
	c := newKVCache(100, 10)
	c.Put("a", make([]byte, 50))
	c.Put("a", make([]byte, 60))
	if c.bytes != 61 || len(c.entries) != 1 {
		t.Fatalf("%d bytes, %d entries", c.bytes, len(c.entries))
	}
	if c.Put("b", make([]byte, 100)) || newKVCache(100, 0).Put("c", nil) {
		t.Fatal("kept what does not fit")
	}
}

func TestConcurrentUse(t *testing.T) {
	c := newKVCache(1000, 10)
	var done sync.WaitGroup
	for worker := range 8 {
		done.Add(1)
		go func() {
			defer done.Done()
			for i := range 1000 {
				c.Put(fmt.Sprint(i*worker%50), make([]byte, i%100))
				c.Get(fmt.Sprint(i % 50))
			}
		}()
	}
	done.Wait()
}
