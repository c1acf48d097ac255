// Reads a tensor of a safetensors file. Its offsets count from the end of the header, not from the file's start.
package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
)

// save writes the tensors behind each other, after 8 bytes of header length and the JSON header.
func save(path string, norm, head []float32) error {
	var data []byte
	for _, values := range [][]float32{norm, head} {
		for _, v := range values {
			data = binary.LittleEndian.AppendUint32(data, math.Float32bits(v))
		}
	}
	header, err := json.Marshal(map[string]any{
		"norm.weight":    map[string]any{"dtype": "F32", "shape": []int{len(norm)}, "data_offsets": []int{0, 4 * len(norm)}},
		"lm_head.weight": map[string]any{"dtype": "F32", "shape": []int{len(head)}, "data_offsets": []int{4 * len(norm), len(data)}},
	})
	if err != nil {
		return err
	}
	file := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return os.WriteFile(path, append(append(file, header...), data...), 0o600)
}

// read returns the values of one tensor.
func read(path, name string) ([]float32, error) {
	file, err := os.ReadFile(path)
	if err != nil || len(file) < 8 {
		return nil, fmt.Errorf("safetensors: %s: %d bytes: %w", path, len(file), err)
	}
	length := binary.LittleEndian.Uint64(file)
	if length > uint64(len(file)-8) {
		return nil, fmt.Errorf("safetensors: %s: header of %d bytes", path, length)
	}
	var tensors map[string]struct {
		Offsets [2]uint64 `json:"data_offsets"`
	}
	if err := json.Unmarshal(file[8:8+length], &tensors); err != nil {
		return nil, err
	}
	begin, end := tensors[name].Offsets[0], tensors[name].Offsets[1]
	data := file
	if end > uint64(len(data)) || begin > end {
		return nil, fmt.Errorf("safetensors: %s ends at %d", name, end)
	}
	values := make([]float32, (end-begin)/4)
	for i := range values {
		values[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[begin+4*uint64(i):]))
	}
	return values, nil
}

func main() {
	if err := save("model.safetensors", []float32{1, 1}, []float32{0.25, -0.5, 0.75}); err != nil {
		panic(err)
	}
	head, err := read("model.safetensors", "lm_head.weight")
	fmt.Println("lm_head.weight", head, err)
}
