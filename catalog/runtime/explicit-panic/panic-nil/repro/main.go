// Embeds a document and lets a helper pass on what the worker reported.
package main

import (
	"errors"
	"fmt"
)

type report struct {
	doc string
	err error
}

func embed(doc string) report {
	if doc == "" {
		return report{doc, errors.New("empty document")}
	}
	return report{doc: doc}
}

func must(r report) {
	panic(r.err)
}

func main() {
	r := embed("doc-1")
	must(r)
	fmt.Println("embedded", r.doc)
}
