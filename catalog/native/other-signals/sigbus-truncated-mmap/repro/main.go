// Maps a GGUF file and sums its tensors while a model update rewrites the same file.
package main

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"syscall"
)

const rows, columns = 64, 256

type Weights struct {
	file    []byte
	data    uint64
	tensors []tensorInfo
}

// openWeights maps the file: nothing is read but the head.
func openWeights(path string) (*Weights, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	file, err := syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, err
	}
	tensors, data, err := readGGUF(file)
	return &Weights{file, data, tensors}, err
}

// sum adds up the weights of one tensor.
func (w *Weights) sum(t tensorInfo) (total float32) {
	from := w.data + t.offset
	values := w.file[from : from+t.bytes()]
	for i := 0; i < len(values); i += 4 {
		total += math.Float32frombits(binary.LittleEndian.Uint32(values[i:]))
	}
	return total
}

// download puts the model on disk, in the place of an older one.
func download(path string, layers int) error {
	var names []string
	for i := range layers {
		names = append(names, fmt.Sprintf("blk.%d.attn_q.weight", i))
	}
	return os.WriteFile(path, writeGGUF(names, rows, columns), 0o644)
}

func serve(path string) error {
	if err := download(path, 8); err != nil {
		return err
	}
	w, err := openWeights(path)
	if err != nil {
		return err
	}
	for i, t := range w.tensors {
		if i == 3 {
			if err := download(path, 2); err != nil {
				return err
			}
			os.RemoveAll(filepath.Dir(path)) // nothing opens the model again
		}
		fmt.Println(t.name, w.sum(t))
	}
	return nil
}

func main() {
	dir, err := os.MkdirTemp("", "weights")
	if err == nil {
		err = serve(filepath.Join(dir, "model.gguf"))
	}
	if err != nil {
		fmt.Println("serve:", err)
	}
}
