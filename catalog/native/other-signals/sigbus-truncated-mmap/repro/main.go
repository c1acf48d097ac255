// Maps a weight file and sums its tensors while a model update rewrites the same file.
package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

const tensorBytes = 64 << 10

type Weights struct {
	data []byte
}

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
	data, err := syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	return &Weights{data: data}, err
}

// sum adds up the bytes of one tensor.
func (w *Weights) sum(tensor int) (total uint64) {
	at := w.data[tensor*tensorBytes:]
	for i := 0; i < tensorBytes; i += 8 {
		total += binary.LittleEndian.Uint64(at[i:])
	}
	return total
}

// download replaces the model on disk with a newer one.
func download(path string, tensors int) error {
	return os.WriteFile(path, make([]byte, tensors*tensorBytes), 0o644)
}

func serve(path string) error {
	if err := download(path, 8); err != nil {
		return err
	}
	w, err := openWeights(path)
	if err != nil {
		return err
	}
	for t := range 8 {
		if t == 3 {
			if err := download(path, 2); err != nil {
				return err
			}
			os.RemoveAll(filepath.Dir(path)) // nothing opens the model again
		}
		fmt.Println("tensor", t, "sum", w.sum(t))
	}
	return nil
}

func main() {
	dir, err := os.MkdirTemp("", "weights")
	if err == nil {
		err = serve(filepath.Join(dir, "model.bin"))
	}
	if err != nil {
		fmt.Println("serve:", err)
	}
}
