// Tests that an embedding cache refreshes its stale entries in the background.
package cache

import (
	"testing"
	"time"
)

type cache struct {
	stale int
}

// refresh renews two entries and calls check afterwards.
func (c *cache) refresh(check func()) {
	go func() {
		time.Sleep(20 * time.Millisecond)
		c.stale -= 2
		check()
	}()
}

func TestRefresh(t *testing.T) {
	c := &cache{stale: 3}
	c.refresh(func() {
		if c.stale > 0 {
			t.Fail()
		}
	})
}

func TestOthers(t *testing.T) {
	time.Sleep(200 * time.Millisecond)
}
