package main

import "unsafe"

func toBytes(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

func store(dst []byte, s string) int {
	n := copy(dst, toBytes(s))
	dst = append(dst, toBytes(s)...)
	return n + len(dst)
}

func grown(s string) []byte {
	b := toBytes(s)
	b = append(b, '!') // moved: there is no room
	b[0] = 'x'
	return b
}

func main() { println(store(make([]byte, 8), "abc"), len(grown("abc"))) }
