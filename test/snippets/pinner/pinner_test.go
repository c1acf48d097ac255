package snippet

import "testing"

// cgo's own check (cgocheck=1, the default) panics at a pointer that is not pinned.
func TestSum(t *testing.T) {
	for range 1000 {
		if got := tensorSum([]float32{1, 2, 3.5}); got != 6.5 {
			t.Fatalf("sum is %v, want 6.5", got)
		}
	}
	if got := tensorSum(nil); got != 0 {
		t.Fatalf("sum of nothing is %v", got)
	}
}
