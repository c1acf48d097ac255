package snippet

import (
	"os"
	"sync"
	"testing"
)

func TestOneValueForAll(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("tokenizer.json", []byte(`{"hello": 1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	var done sync.WaitGroup
	for range 20 {
		done.Add(1)
		go func() {
			defer done.Done()
			if vocabulary, err := tokenizer(); err != nil || vocabulary["hello"] != 1 {
				t.Errorf("got %v, %v", vocabulary, err)
			}
		}()
	}
	done.Wait()
	// The file is read no second time.
	os.Remove("tokenizer.json")
	if _, err := tokenizer(); err != nil {
		t.Fatal(err)
	}
}
