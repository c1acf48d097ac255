// Pulls a model over HTTP; the connection breaks half-way, and the retry finds a file of the right name.
package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
)

const weights = 4096

// header is a GGUF file of version 3 up to its data: one tensor of bytes and no metadata.
func header() []byte {
	name := "token_embd.weight"
	h := binary.LittleEndian.AppendUint32([]byte("GGUF"), 3)
	h = binary.LittleEndian.AppendUint64(h, 1) // tensors
	h = binary.LittleEndian.AppendUint64(h, 0) // metadata
	h = binary.LittleEndian.AppendUint64(h, uint64(len(name)))
	h = binary.LittleEndian.AppendUint32(append(h, name...), 1) // dimensions
	h = binary.LittleEndian.AppendUint64(h, weights)
	h = binary.LittleEndian.AppendUint32(h, 24) // type I8
	h = binary.LittleEndian.AppendUint64(h, 0)  // offset in the data
	return append(h, make([]byte, -len(h)&31)...)
}

// pull fetches the model unless it is on the disk already.
func pull(url, path string) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(file, resp.Body)
	return err
}

func load(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	head := make([]byte, len(header()))
	if _, err := io.ReadFull(file, head); err != nil || string(head[:4]) != "GGUF" {
		return nil, fmt.Errorf("gguf: %s: bad header: %w", path, err)
	}
	name := binary.LittleEndian.Uint64(head[24:])
	data := make([]byte, binary.LittleEndian.Uint64(head[36+name:]))
	if n, err := io.ReadFull(file, data); err != nil {
		return nil, fmt.Errorf("gguf: %s: tensor token_embd.weight: %d of %d bytes: %w", path, n, len(data), err)
	}
	return data, nil
}

func mustLoad(path string) []byte {
	data, err := load(path)
	if err != nil {
		panic(err)
	}
	return data
}

func main() {
	attempts := 0
	registry := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		attempts++
		w.Header().Set("Content-Length", strconv.Itoa(len(header())+weights))
		w.Write(header())
		w.Write(make([]byte, weights/2))
		if attempts > 1 {
			w.Write(make([]byte, weights/2))
		}
	}))
	defer registry.Close()
	for pull(registry.URL, "tiny.gguf") != nil {
		fmt.Println("pull failed, trying again")
	}
	fmt.Println("loaded", len(mustLoad("tiny.gguf")), "bytes")
}
