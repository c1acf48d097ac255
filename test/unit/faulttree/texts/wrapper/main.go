// A value method called through a nil pointer in an interface: the top frame is a generated wrapper.
package main

import "fmt"

type tokenizer struct{ size int }

func (t tokenizer) Size() int { return t.size }

type sizer interface{ Size() int }

func report(s sizer) {
	fmt.Println(s.Size())
}

func main() {
	var t *tokenizer
	report(t)
}
