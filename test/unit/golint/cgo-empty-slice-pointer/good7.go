package main

/*
static float sum(const float *v, int n) { float t = 0; for (int i = 0; i < n; i++) t += v[i]; return t; }
static int count(const void *p, int n) { return p ? n : 0; }
static int bound(int n) { return n + 16; }
*/
import "C"

import "unsafe"

var placeholder = []byte{0}

// Message is what a caller sends.
type Message struct{ Key []byte }

// Send never hands on an empty key.
func Send(m *Message) int {
	var key []byte
	var n int
	if m.Key == nil {
		n = 0
		key = placeholder
	} else {
		n = len(m.Key)
		if n > 0 {
			key = m.Key
		} else {
			key = placeholder
		}
	}
	return int(C.count(unsafe.Pointer(&key[0]), C.int(n)))
}

// Bind takes the placeholder for what is empty.
func Bind(v []byte) int {
	n := len(v)
	if n == 0 {
		v = placeholder
	}
	return int(C.count(unsafe.Pointer(&v[0]), C.int(n))) + int(C.count(unsafe.Pointer(&placeholder[0]), 0))
}

// Free takes the whole buffer back.
func Free(b []byte) int {
	if len(b) == 0 {
		return 0
	}
	b = b[:cap(b)]
	return int(C.count(unsafe.Pointer(&b[0]), C.int(len(b))))
}

func main() { println(Send(&Message{}), Bind(nil), Free(nil)) }
