package main

/*
static float sum(const float *v, int n) { float t = 0; for (int i = 0; i < n; i++) t += v[i]; return t; }
static int count(const void *p, int n) { return p ? n : 0; }
static int bound(int n) { return n + 16; }
*/
import "C"

import "unsafe"

func min(first int, more ...int) int {
	for _, one := range more {
		if one < first {
			first = one
		}
	}
	return first
}

// Dot works on what both have.
func Dot(a, b []float32) float32 {
	n := C.int(min(len(a), len(b)))
	if n == 0 {
		return 0
	}
	return float32(C.sum((*C.float)(unsafe.Pointer(&a[0])), n) + C.sum((*C.float)(unsafe.Pointer(&b[0])), n))
}

// Names are copied into a slice as long.
func Names(all []string) int {
	n := C.int(len(all))
	copies := make([]C.float, len(all))
	kept := make([]C.float, 0, len(all))
	for _, one := range all {
		kept = append(kept, C.float(len(one)))
	}
	var p, q unsafe.Pointer
	if n > 0 {
		p = unsafe.Pointer(&copies[0])
		q = unsafe.Pointer(&kept[0])
	}
	return int(C.count(p, n) + C.count(q, n))
}

// Both is made for two lists.
func Both(a, b []string) int {
	total := len(a) + len(b)
	all := make([]C.float, len(a)+len(b))
	if total == 0 {
		return 0
	}
	return int(C.count(unsafe.Pointer(&all[0]), C.int(total)))
}

// Sizes comes to the slice only where there are some.
func Sizes(all map[string]int) int {
	n := len(all)
	if n == 0 {
		return 0
	}
	sizes := make([]C.float, 0, n)
	for _, v := range all {
		sizes = append(sizes, C.float(v))
	}
	return int(C.count(unsafe.Pointer(&sizes[0]), C.int(n)))
}

func main() { println(Dot(nil, nil), Names(nil), Both(nil, nil), Sizes(nil)) }
