// Loads a safetensors file from a repository that was cloned without Git LFS.
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const (
	oid     = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393"
	pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + oid + "\nsize 12345\n"
)

// checkout leaves what `git clone` does without the LFS filter: a pointer in the tree, the object in the store.
func checkout(dir string) {
	header := `{"token_embd.weight":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}`
	file := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	file = append(append(file, header...), make([]byte, 16)...)
	os.MkdirAll(filepath.Join(dir, "lfs"), 0o755)
	os.WriteFile(filepath.Join(dir, "lfs", oid), file, 0o644)
	os.WriteFile(filepath.Join(dir, "model.safetensors"), []byte(pointer), 0o644)
}

func readModel(dir string) ([]byte, error) {
	return os.ReadFile(filepath.Join(dir, "model.safetensors"))
}

func loadTensors(dir string) string {
	file, err := readModel(dir)
	if err != nil {
		panic(err)
	}
	length := binary.LittleEndian.Uint64(file)
	if length > uint64(len(file)-8) {
		panic(fmt.Errorf("safetensors: header of %d bytes in a file of %d bytes", length, len(file)))
	}
	header := bytes.TrimSpace(file[8 : 8+length])
	name, _, _ := strings.Cut(string(header[2:]), `"`)
	return name
}

func main() {
	checkout("tiny")
	fmt.Println("first tensor:", loadTensors("tiny"))
}
