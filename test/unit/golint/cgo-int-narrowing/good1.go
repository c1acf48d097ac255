package main

// static void told(int bytes) { (void)bytes; }
import "C"

import (
	"errors"
	"math"
)

func size(vector []float32) error {
	if len(vector) > math.MaxInt32/4 {
		return errors.New("too large")
	}
	C.told(C.int(len(vector) * 4))
	return nil
}

func main() {
	if err := size(make([]float32, 4)); err != nil {
		panic(err)
	}
}
