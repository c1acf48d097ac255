package snippet

import (
	"runtime"
	"sync/atomic"
	"testing"
	"time"
)

func TestForgottenCloseIsMadeUpFor(t *testing.T) {
	freed := make(chan uintptr, 1)
	newModel(7, func(handle uintptr) { freed <- handle })
	if got := collected(freed); got != 7 {
		t.Fatalf("freed handle %d, want 7", got)
	}
}

func TestCloseFreesOnce(t *testing.T) {
	var freed atomic.Int32
	m := newModel(7, func(uintptr) { freed.Add(1) })
	m.Close()
	m.Close()
	m = nil
	for range 5 {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	if got := freed.Load(); got != 1 {
		t.Fatalf("freed %d times, want 1", got)
	}
}

// The last use of the model is the call itself: without KeepAlive it would be collected while f works.
func TestHandleLivesWhileItIsUsed(t *testing.T) {
	var freed atomic.Bool
	newModel(7, func(uintptr) { freed.Store(true) }).use(func(uintptr) {
		for range 5 {
			runtime.GC()
			time.Sleep(time.Millisecond)
		}
		if freed.Load() {
			t.Error("freed during use")
		}
	})
}

func collected(freed <-chan uintptr) uintptr {
	for range 100 {
		runtime.GC()
		select {
		case handle := <-freed:
			return handle
		case <-time.After(10 * time.Millisecond):
		}
	}
	return 0
}
