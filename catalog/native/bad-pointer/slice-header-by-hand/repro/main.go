// Views a loaded tensor as float32 through a slice header and keeps the view for later requests.
package main

import (
	"fmt"
	"reflect"
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

// floatHeader describes the tensor as a slice of float32.
func floatHeader(raw []byte) reflect.SliceHeader {
	return reflect.SliceHeader{
		Data: uintptr(unsafe.Pointer(&raw[0])),
		Len:  len(raw) / 4,
		Cap:  len(raw) / 4,
	}
}

type Layer struct {
	weights []float32
}

// loadLayer views the header as a slice.
func loadLayer(header reflect.SliceHeader) *Layer {
	return &Layer{weights: *(*[]float32)(unsafe.Pointer(&header))}
}

var model []*Layer

func main() {
	var headers []reflect.SliceHeader
	for i := range 8 {
		headers = append(headers, floatHeader(readTensor(byte(i))))
	}
	for range 3 {
		runtime.GC() // stands for the allocations of other requests
	}
	for _, h := range headers {
		model = append(model, loadLayer(h))
	}
	runtime.GC()
	fmt.Println("layers", len(model))
}
