package failing

import "testing"

func TestScores(t *testing.T) {
	t.Run("empty", func(t *testing.T) {
		t.Errorf("got %d, want %d\nsecond line", 3, 4)
	})
	t.Run("full", func(t *testing.T) {})
}
