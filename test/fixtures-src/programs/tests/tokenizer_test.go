package tokenizer

import (
	"fmt"
	"os"
	"testing"
	"time"
)

func TestSmall(t *testing.T) {
	if len("a") != 1 {
		t.Fatal("impossible")
	}
}

func TestWord(t *testing.T) {
	t.Log("looking up")
	v := &Vocabulary{words: []string{"<s>"}}
	t.Run("unknown id", func(t *testing.T) {
		v.Word(5) // @test-word
	})
}

func TestMerge(t *testing.T) {
	Merge(nil, "a")
}

func TestParallel(t *testing.T) {
	for i := 0; i < 2; i++ {
		t.Run(fmt.Sprint("shard-", i), func(t *testing.T) {
			t.Parallel()
			if i == 1 {
				panic("shard without weights") // @test-parallel
			}
			time.Sleep(5 * time.Second)
		})
	}
}

func TestBackground(t *testing.T) {
	go func() {
		var v *Vocabulary
		v.Word(0)
	}()
	time.Sleep(time.Second)
}

func TestSlow(t *testing.T) {
	select {} // @test-slow
}

func TestFails(t *testing.T) {
	t.Run("name", func(t *testing.T) { t.Fatalf("got %q, want %q", "a", "b") })
	t.Error("panic: not a real one")
}

func TestExit(t *testing.T) {
	os.Exit(3)
}

func TestLogsPanicWord(t *testing.T) {
	defer func() { t.Logf("panic: %v", recover()) }()
	panic("handled")
}

func BenchmarkWord(b *testing.B) {
	v := &Vocabulary{}
	for i := 0; i < b.N; i++ {
		v.Word(0)
	}
}

func ExampleMerge() {
	Merge(nil, "a")
	// Output: merged a
}
