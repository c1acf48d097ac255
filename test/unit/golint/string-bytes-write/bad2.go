// Fails: run: panic: the key is gone
package main

import (
	"strings"
	"unsafe"
)

func upper(s string) string {
	b := unsafe.Slice(unsafe.StringData(s), len(s))
	for i := range b {
		b[i] -= 'a' - 'A' // want string-bytes-write
	}
	return s
}

func main() {
	key := strings.Repeat("key", 2)
	m := map[string]int{key: 1}
	upper(key)
	if _, ok := m["keykey"]; !ok {
		panic("the key is gone")
	}
}
