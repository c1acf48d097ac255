package main

import "unsafe"

func list(in []string) (out []string) {
	for _, s := range in {
		buf := make([]byte, 0, 16)
		buf = append(buf[:0], s...)
		out = append(out, unsafe.String(&buf[0], len(buf)))
	}
	return out
}

func main() { println(len(list([]string{"a", "b"}))) }
