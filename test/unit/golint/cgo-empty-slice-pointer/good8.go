package main

/*
static float sum(const float *v, int n) { float t = 0; for (int i = 0; i < n; i++) t += v[i]; return t; }
static int count(const void *p, int n) { return p ? n : 0; }
#define LEAST 64
static int bound(int n) { return n + 16; }
*/
import "C"

import "unsafe"

const least = C.LEAST

type writer struct{ buffer []byte }

func newWriter() *writer { return &writer{buffer: make([]byte, bound(0))} }

func (w *writer) flush() int { return int(C.count(unsafe.Pointer(&w.buffer[0]), C.int(len(w.buffer)))) }

func bound(n int) int { return int(C.bound(C.int(n))) }

// Compress has room for what C says.
func Compress(dst, src []byte) int {
	need := bound(len(src))
	if cap(dst) >= need {
		dst = dst[0:need]
	} else {
		dst = make([]byte, need)
	}
	return int(C.count(unsafe.Pointer(&dst[0]), C.int(len(dst))))
}

// Train asks for no less than C needs.
func Train(size int) int {
	if size < least {
		size = least
	}
	dict := make([]byte, size)
	var samples []byte
	for len(samples) < 8 {
		samples = append(samples, dict...)
	}
	return int(C.count(unsafe.Pointer(&dict[0]), C.int(size)) + C.count(unsafe.Pointer(&samples[0]), 1))
}

// Retry makes room once more where C said how much.
func Retry(text string) int {
	room := len(text) + 2
	tokens := make([]C.float, room)
	got := int(C.count(unsafe.Pointer(&tokens[0]), C.int(room)))
	if got < 0 {
		room = -got
		tokens = make([]C.float, room)
		got = int(C.count(unsafe.Pointer(&tokens[0]), C.int(room)))
	}
	return got
}

func main() { println(newWriter().flush(), Compress(nil, nil), Train(0), Retry("")) }
