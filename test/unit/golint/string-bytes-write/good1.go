package main

import "unsafe"

func count(s string, c byte) (n int) {
	for _, b := range unsafe.Slice(unsafe.StringData(s), len(s)) {
		if b == c {
			n++
		}
	}
	return n
}

func main() { println(count("hello", 'l')) }
