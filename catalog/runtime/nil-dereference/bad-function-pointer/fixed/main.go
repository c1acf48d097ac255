// Quantised kernels: the choice made at the first start is kept in a cache file, as a position in the program's code.
package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"unsafe"
)

type kernel func(block []int8, scale float32) float32

func sumQ8(block []int8, scale float32) float32 {
	var sum int32
	for _, q := range block {
		sum += int32(q)
	}
	return float32(sum) * scale
}

// textAnchor is a code address that moves with the program when the loader places it elsewhere.
func textAnchor() uintptr {
	anchor := runtime.GC
	return **(**uintptr)(unsafe.Pointer(&anchor))
}

func save(path string, k kernel) error {
	offset := **(**uintptr)(unsafe.Pointer(&k)) - textAnchor()
	return os.WriteFile(path, binary.LittleEndian.AppendUint64(nil, uint64(offset)), 0o600)
}

func restore(path string) (kernel, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	offset := uintptr(binary.LittleEndian.Uint64(data))
	entry := new(uintptr)
	*entry = textAnchor() + offset
	return *(*kernel)(unsafe.Pointer(&entry)), nil
}

func dequantise(k kernel, blocks [][]int8, scales []float32) ([]float32, error) {
	if len(blocks) != len(scales) {
		return nil, fmt.Errorf("%d blocks but %d scales", len(blocks), len(scales))
	}
	sums := make([]float32, 0, len(blocks))
	for i, block := range blocks {
		sums = append(sums, k(block, scales[i]))
	}
	return sums, nil
}

func main() {
	path := filepath.Join(os.TempDir(), fmt.Sprintf("kernels-%d.bin", os.Getpid()))
	if err := save(path, sumQ8); err != nil {
		fmt.Println("save:", err)
		return
	}
	k, err := restore(path)
	os.Remove(path)
	if err != nil {
		fmt.Println("restore:", err)
		return
	}
	sums, err := dequantise(k, [][]int8{{1, 2, 3}, {4, 5, 6}}, []float32{0.5, 2})
	fmt.Println("sums", sums, err)
}
