// Prompt builder: trims retrieved documents so that the prompt fits the context window.
package main

import (
	"fmt"
	"strings"
)

type promptBuilder struct {
	budget int // bytes left for documents
}

// fit takes the first bytes of a document and never cuts a character in two.
func (b *promptBuilder) fit(document string) string {
	share := min(b.budget/2, len(document))
	for share < len(document) && document[share]&0xC0 == 0x80 {
		share--
	}
	part := document[:share]
	b.budget -= len(part)
	return part
}

func build(question string, documents []string, window int) string {
	b := &promptBuilder{budget: window - len(question)}
	var prompt strings.Builder
	for _, document := range documents {
		fmt.Fprintf(&prompt, "Document: %s\n", b.fit(document))
	}
	prompt.WriteString(question)
	return prompt.String()
}

func main() {
	long := strings.Repeat("The sky is blue because of Rayleigh scattering. ", 40)
	fmt.Println(len(build("Why is the sky blue?", []string{long, long}, 1024)), "bytes")
	fmt.Println(len(build("Why is the sky blue?", []string{long, "Short note."}, 1024)), "bytes")
}
