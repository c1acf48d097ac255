package main

/*
static float sum(const float *v, int n) { float t = 0; for (int i = 0; i < n; i++) t += v[i]; return t; }
static int count(const void *p, int n) { return p ? n : 0; }
static int bound(int n) { return n + 16; }
*/
import "C"

import (
	"errors"
	"unsafe"
)

// Shape has at least one dimension.
type Shape []int64

// Validate says what is wrong with it.
func (s Shape) Validate() error {
	if len(s) == 0 {
		return errors.New("no dimensions")
	}
	return nil
}

// Tensor is made of a valid shape.
func Tensor(s Shape) (int, error) {
	err := s.Validate()
	if err != nil {
		return 0, err
	}
	return int(C.count(unsafe.Pointer(&s[0]), C.int(len(s)))), nil
}

func kindOf(image []byte) string {
	if len(image) < 4 {
		return ""
	}
	return string(image[:4])
}

// Load knows what it loads.
func Load(image []byte) int {
	original := kindOf(image)
	kind := original
	if kind == "" {
		return 0
	}
	return decode(image)
}

func decode(image []byte) int { return int(C.count(unsafe.Pointer(&image[0]), C.int(len(image)))) }

// Flat has as many values as its rows.
func Flat(rows [][]float32) float32 {
	if len(rows) != 3 {
		return 0
	}
	var all []C.float
	for _, row := range rows {
		for _, v := range row {
			all = append(all, C.float(v))
		}
	}
	return float32(C.sum(&all[0], C.int(len(all))))
}

// Norm panics for what does not fit, as its like do.
func Norm(n int, x []float32, step int) float32 {
	if step > 0 && (n-1)*step >= len(x) {
		panic("index out of range")
	}
	if n == 0 {
		return 0
	}
	return float32(C.sum((*C.float)(unsafe.Pointer(&x[0])), C.int(n)))
}

// Options are sent where there are some.
func Options(all map[string]string) int {
	if len(all) == 0 {
		return 0
	}
	keys := keysOf(all)
	return int(C.count(unsafe.Pointer(&keys[0]), C.int(len(keys))))
}

func keysOf(all map[string]string) []C.float {
	keys := make([]C.float, 0, len(all))
	for range all {
		keys = append(keys, 1)
	}
	return keys
}

func main() {
	n, err := Tensor(nil)
	println(n, err != nil, Load(nil), Norm(0, []float32{1}, 1), Options(nil), Flat(nil))
}
