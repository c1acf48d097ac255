package main

import "unsafe"

func body(packet []byte) string {
	if len(packet) < 4 {
		return ""
	}
	return unsafe.String(unsafe.SliceData(packet), len(packet)-4)
}

func head(b *[16]byte) []byte {
	const size = 16
	return unsafe.Slice(&b[0], size)
}

func main() {
	var b [16]byte
	println(body([]byte{1}), len(head(&b)))
}
