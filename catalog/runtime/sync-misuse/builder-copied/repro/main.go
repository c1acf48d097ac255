// Renders a chat template: every turn of a conversation is written to one prompt.
package main

import (
	"fmt"
	"strings"
)

type turn struct {
	role, text string
}

type promptWriter struct {
	out strings.Builder
	bos string
}

func (w promptWriter) writeTurn(t turn) promptWriter {
	w.out.WriteString("<|" + t.role + "|>")
	w.out.WriteString(t.text)
	return w
}

func render(turns []turn) string {
	w := promptWriter{bos: "<s>"}
	w.out.WriteString(w.bos)
	for _, t := range turns {
		w = w.writeTurn(t)
	}
	return w.out.String()
}

func main() {
	fmt.Println(render([]turn{{"system", "Be terse."}, {"user", "Hello"}}))
}
