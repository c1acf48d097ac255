// Logs the state of a generation slot.
package main

import (
	"fmt"
	"runtime/debug"
)

type slotState struct {
	ID     int
	Tokens int
	Busy   bool
}

func (s slotState) String() string {
	type plain slotState
	return fmt.Sprintf("slot %+v", plain(s))
}

func logState(s slotState) {
	fmt.Println("state:", s)
}

func main() {
	// A small limit keeps the crash cheap; the default is 1 GB.
	debug.SetMaxStack(32 << 20)
	logState(slotState{ID: 3, Tokens: 128, Busy: true})
}
