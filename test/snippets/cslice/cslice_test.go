package snippet

import (
	"slices"
	"testing"
	"unsafe"
)

func TestCopyIsIndependent(t *testing.T) {
	memory := []float32{1, 2, 3, 4}
	got, err := copyFromC(&memory[0], 3, 100)
	if err != nil || !slices.Equal(got, []float32{1, 2, 3}) {
		t.Fatalf("got %v, %v", got, err)
	}
	memory[0] = 9
	if got[0] != 1 {
		t.Fatal("the result shares C's memory")
	}
}

func TestWhatCannotBeRightIsRefused(t *testing.T) {
	memory := make([]uint64, 4)
	askew := (*uint64)(unsafe.Add(unsafe.Pointer(&memory[0]), 4))
	for name, refused := range map[string]func() ([]uint64, error){
		"negative":      func() ([]uint64, error) { return copyFromC(&memory[0], -1, 4) },
		"above limit":   func() ([]uint64, error) { return copyFromC(&memory[0], 5, 4) },
		"NULL":          func() ([]uint64, error) { return copyFromC[uint64](nil, 2, 4) },
		"not aligned":   func() ([]uint64, error) { return copyFromC(askew, 1, 4) },
		"NULL and huge": func() ([]uint64, error) { return copyFromC[uint64](nil, 1<<62, 4) },
	} {
		if got, err := refused(); err == nil {
			t.Errorf("%s: got %v and no error", name, got)
		}
	}
	if got, err := copyFromC[uint64](nil, 0, 4); got != nil || err != nil {
		t.Errorf("nothing at NULL: got %v, %v", got, err)
	}
}
