package main

import (
	"strconv"
	"strings"
	"unsafe"
)

func numbers(r *strings.Reader) (sum int) {
	buf := make([]byte, 2)
	for {
		if _, err := r.Read(buf); err != nil {
			return sum
		}
		text := unsafe.String(unsafe.SliceData(buf), len(buf))
		n, err := strconv.Atoi(text)
		if err != nil {
			return sum
		}
		sum += n
	}
}

func main() { println(numbers(strings.NewReader("1020"))) }
