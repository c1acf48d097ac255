package snippet

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestResultsKeepTheirOrder(t *testing.T) {
	texts := strings.Split("a bb ccc dddd eeeee", " ")
	got, err := embedAll(context.Background(), texts, func(_ context.Context, text string) ([]float32, error) {
		return []float32{float32(len(text))}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, vector := range got {
		if vector[0] != float32(i+1) {
			t.Fatalf("result %d is %v", i, vector)
		}
	}
}

func TestFirstErrorEndsTheRestAndNoneIsLeft(t *testing.T) {
	refused := errors.New("refused")
	var running atomic.Int32
	_, err := embedAll(context.Background(), []string{"bad", "slow", "slow"}, func(ctx context.Context, text string) ([]float32, error) {
		running.Add(1)
		defer running.Add(-1)
		if text == "bad" {
			return nil, refused
		}
		<-ctx.Done()
		return nil, ctx.Err()
	})
	if !errors.Is(err, refused) || running.Load() != 0 {
		t.Fatalf("got %v with %d running", err, running.Load())
	}
}

func TestNoMoreThanTheLimitRun(t *testing.T) {
	var running, most atomic.Int32
	embedAll(context.Background(), make([]string, 100), func(context.Context, string) ([]float32, error) {
		now := running.Add(1)
		defer running.Add(-1)
		for seen := most.Load(); now > seen && !most.CompareAndSwap(seen, now); seen = most.Load() {
		}
		time.Sleep(time.Millisecond) // long enough for others to begin, if they may
		return nil, nil
	})
	if most.Load() != 8 {
		t.Fatalf("%d ran at once, want 8", most.Load())
	}
}
