// Context window: finds the last token that stays when a conversation is shortened from its end.
package main

import "fmt"

type window struct {
	tokens []int32
	used   uint32
}

// lastKept returns the token in front of the cut, when any is left.
func (w *window) lastKept(cut uint32) (int32, bool) {
	if cut >= w.used {
		return 0, false
	}
	return w.tokens[w.used-cut-1], true
}

func main() {
	w := &window{tokens: make([]int32, 64), used: 16}
	for i := range w.used {
		w.tokens[i] = int32(100 + i)
	}
	for _, cut := range []uint32{4, 16} {
		token, ok := w.lastKept(cut)
		fmt.Println("cut", cut, "last kept", token, ok)
	}
}
