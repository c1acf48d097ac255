// Tests how a prompt is cut to the context window.
package prompt

import "testing"

// cut drops turns from the front until the rest fits.
func cut(turns []string, window int) []string {
	for size(turns) > window {
		if len(turns) > 1 {
			turns = turns[1:]
		}
	}
	return turns
}

func size(turns []string) int {
	n := 0
	for _, t := range turns {
		n += len(t)
	}
	return n
}

func TestCutLongTurn(t *testing.T) {
	turns := cut([]string{"Hello", "a turn that alone is longer than the window"}, 16)
	if len(turns) != 0 {
		t.Errorf("%d turns left", len(turns))
	}
}
