// Logs the text of a stream event and forgets that events come in several variants.
package main

import "fmt"

type streamEvent interface{ isStreamEvent() }

type textDelta struct{ text string }

type toolCallDelta struct{ name string }

func (*textDelta) isStreamEvent()     {}
func (*toolCallDelta) isStreamEvent() {}

func logEvent(index int, event streamEvent) {
	switch delta := event.(type) {
	case *textDelta:
		fmt.Println(index, "text:", delta.text)
	case *toolCallDelta:
		fmt.Println(index, "tool:", delta.name)
	}
}

func consume(events []streamEvent) {
	for i, event := range events {
		logEvent(i, event)
	}
}

func main() {
	consume([]streamEvent{
		&textDelta{"Let me check."},
		&toolCallDelta{"weather"},
	})
}
