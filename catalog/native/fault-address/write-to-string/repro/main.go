// Lower-cases a stop word in place through a byte slice that shares the string's memory.
package main

import (
	"fmt"
	"unsafe"
)

const stopWord = "STOP"

// bytesOf returns the bytes of s without copying.
func bytesOf(s string) []byte {
	return unsafe.Slice(unsafe.StringData(s), len(s))
}

// lower turns ASCII capitals into small letters.
func lower(word []byte) {
	for i, c := range word {
		if c >= 'A' && c <= 'Z' {
			word[i] = c + 'a' - 'A'
		}
	}
}

func main() {
	word := bytesOf(stopWord)
	lower(word)
	fmt.Println(string(word))
}
