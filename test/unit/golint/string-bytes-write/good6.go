package main

import "unsafe"

func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

func count(s string) (n int) {
	b := bytesOf(s)
	seen := make([]int, 256)
	for i := range b {
		seen[b[i]]++
		if b[i] == 'a' {
			n += seen['a']
		}
	}
	return n
}

func upper(s string) string {
	b := []byte(s)
	for i := range b {
		b[i] -= 'a' - 'A'
	}
	return string(b)
}

func main() { println(upper("llama"), count("llama")) }
