// Reserves a prompt builder for the room that is left and gets a negative number.
package main

import (
	"fmt"
	"strings"
)

const maxPrompt = 64

type promptBuilder struct{ text strings.Builder }

func (p *promptBuilder) reserve(system, user string) {
	p.text.Grow(maxPrompt - len(system) - len(user))
}

func render(system, user string) string {
	var p promptBuilder
	p.reserve(system, user)
	fmt.Fprintf(&p.text, "<|system|>%s<|user|>%s", system, user)
	return p.text.String()
}

func main() {
	fmt.Println("short:", len(render("be brief", "why is the sky blue")))
	fmt.Println("long:", len(render("be brief", strings.Repeat("and why ", 12))))
}
