// Views a loaded tensor as float32 through a slice header and keeps the view for later requests.
package main

import (
	"fmt"
	"runtime"
	"unsafe"
)

const tensorBytes = 1 << 20

// readTensor reads a tensor from disk.
func readTensor(fill byte) []byte {
	raw := make([]byte, tensorBytes)
	for i := range raw {
		raw[i] = fill
	}
	return raw
}

// floats views the tensor as a slice of float32.
func floats(raw []byte) []float32 {
	return unsafe.Slice((*float32)(unsafe.Pointer(&raw[0])), len(raw)/4)
}

type Layer struct {
	weights []float32
}

// loadLayer keeps the view.
func loadLayer(weights []float32) *Layer {
	return &Layer{weights: weights}
}

var model []*Layer

func main() {
	var views [][]float32
	for i := range 8 {
		views = append(views, floats(readTensor(byte(i))))
	}
	for range 3 {
		runtime.GC() // stands for the allocations of other requests
	}
	for _, v := range views {
		model = append(model, loadLayer(v))
	}
	runtime.GC()
	fmt.Println("layers", len(model))
}
