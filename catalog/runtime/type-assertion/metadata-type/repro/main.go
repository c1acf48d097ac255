// Reads model hyperparameters from GGUF metadata in which one value is an array.
package main

import "fmt"

type metadata map[string]any

type hyperparameters struct {
	layers int
	heads  []uint32
}

// uints returns one value per layer, from a scalar or an array.
func (m metadata) uints(key string, layers int) []uint32 {
	if array, ok := m[key].([]uint32); ok {
		return array
	}
	values := make([]uint32, layers)
	for i := range values {
		values[i], _ = m[key].(uint32)
	}
	return values
}

func parseHyperparameters(m metadata, arch string) hyperparameters {
	layers := int(m[arch+".block_count"].(uint32))
	key := arch + ".attention.head_count_kv"
	heads := []uint32{m[key].(uint32)}
	return hyperparameters{layers, heads}
}

func main() {
	models := []metadata{
		{"llama.block_count": uint32(2), "llama.attention.head_count_kv": uint32(8)},
		{"llama.block_count": uint32(2), "llama.attention.head_count_kv": []uint32{4, 8}},
	}
	fmt.Println("per layer:", models[0].uints("llama.block_count", 1))
	for _, m := range models {
		fmt.Println("kv heads:", parseHyperparameters(m, "llama").heads)
	}
}
