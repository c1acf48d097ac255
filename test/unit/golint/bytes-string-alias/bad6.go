// Fails: run: panic: the first line is now
// The scanner reads the next line over the one before.
package main

import (
	"bufio"
	"strings"
	"unsafe"
)

func b2s(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

func lines(text string) []string {
	var all []string
	in := bufio.NewScanner(strings.NewReader(text))
	in.Buffer(make([]byte, 16), 16)
	for in.Scan() {
		all = append(all, b2s(in.Bytes())) // want bytes-string-alias
	}
	return all
}

func main() {
	all := lines("first line\nother line\nthird line\n")
	if all[0] != "first line" {
		panic("the first line is now " + all[0])
	}
}
