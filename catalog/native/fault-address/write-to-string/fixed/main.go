// Lower-cases a stop word in place through a byte slice that shares the string's memory.
package main

import "fmt"

const stopWord = "STOP"

// bytesOf returns a copy of the bytes of s.
func bytesOf(s string) []byte {
	return []byte(s)
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
