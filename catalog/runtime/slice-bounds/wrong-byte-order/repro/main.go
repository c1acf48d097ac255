// Serves the tensor names of a safetensors file: 8 bytes of header length, a JSON header, then the data.
package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
)

// save writes one tensor of two float32 values, as the format wants it: the length in little endian.
func save(path string) error {
	header := []byte(`{"lm_head.weight":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`)
	file := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	file = append(append(file, header...), make([]byte, 8)...)
	return os.WriteFile(path, file, 0o600)
}

type tensorInfo struct {
	Shape   []int `json:"shape"`
	Offsets []int `json:"data_offsets"`
}

// readHeader decodes the names and places of the tensors.
func readHeader(file []byte) (map[string]tensorInfo, error) {
	if len(file) < 8 {
		return nil, fmt.Errorf("safetensors: %d bytes are no file", len(file))
	}
	length := binary.BigEndian.Uint64(file)
	var tensors map[string]tensorInfo
	err := json.Unmarshal(file[8:8+length], &tensors)
	return tensors, err
}

func main() {
	if err := save("model.safetensors"); err != nil {
		fmt.Println(err)
		return
	}
	show := func(w http.ResponseWriter, r *http.Request) {
		file, err := os.ReadFile("model.safetensors")
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		tensors, err := readHeader(file)
		fmt.Fprintln(w, "lm_head.weight", tensors["lm_head.weight"].Shape, err)
	}
	answer := httptest.NewRecorder()
	show(answer, httptest.NewRequest(http.MethodGet, "/api/show", nil))
	fmt.Print(answer.Body)
}
