package snippet

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestOneLoadForAll(t *testing.T) {
	var loads atomic.Int32
	r := newRegistry(func(name string) (*Model, error) {
		loads.Add(1)
		time.Sleep(10 * time.Millisecond)
		return &Model{name}, nil
	})
	var done sync.WaitGroup
	for range 50 {
		done.Add(1)
		go func() {
			defer done.Done()
			if model, err := r.get(context.Background(), "tiny"); err != nil || model.name != "tiny" {
				t.Errorf("got %v, %v", model, err)
			}
		}()
	}
	done.Wait()
	r.get(context.Background(), "tiny")
	if loads.Load() != 1 {
		t.Fatalf("loaded %d times", loads.Load())
	}
}

func TestFailedLoadIsTriedAgain(t *testing.T) {
	fail := true
	r := newRegistry(func(name string) (*Model, error) {
		if fail {
			return nil, errors.New("disk full")
		}
		return &Model{name}, nil
	})
	if model, err := r.get(context.Background(), "tiny"); err == nil || model != nil {
		t.Fatalf("got %v, %v", model, err)
	}
	fail = false
	if _, err := r.get(context.Background(), "tiny"); err != nil {
		t.Fatal(err)
	}
}

func TestCallerMayLeaveAndTheLoadGoesOn(t *testing.T) {
	release := make(chan struct{})
	r := newRegistry(func(name string) (*Model, error) {
		<-release
		return &Model{name}, nil
	})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.get(ctx, "tiny"); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	close(release)
	if _, err := r.get(context.Background(), "tiny"); err != nil {
		t.Fatal(err)
	}
}
