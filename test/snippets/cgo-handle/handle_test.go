package snippet

import (
	"strings"
	"testing"
)

func TestCallbackGetsTokensAndStops(t *testing.T) {
	var tokens []int
	err := generateTokens(10, func(token int) bool {
		tokens = append(tokens, token)
		return len(tokens) < 3
	})
	if err != nil || len(tokens) != 3 || tokens[2] != 2 {
		t.Fatalf("got %v, %v", tokens, err)
	}
}

func TestPanicBecomesAnError(t *testing.T) {
	err := generateTokens(10, func(int) bool { panic("bad token") })
	if err == nil || !strings.Contains(err.Error(), "bad token") {
		t.Fatalf("got %v", err)
	}
}
