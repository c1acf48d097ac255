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

const (
	magic     = "GGUF"
	dataStart = 12
	weights   = 4096
)

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
	header := make([]byte, dataStart)
	if _, err := io.ReadFull(file, header); err != nil || string(header[:4]) != magic {
		return nil, fmt.Errorf("gguf: %s: bad header: %w", path, err)
	}
	data := make([]byte, binary.LittleEndian.Uint64(header[4:]))
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
		w.Header().Set("Content-Length", strconv.Itoa(dataStart+weights))
		w.Write(binary.LittleEndian.AppendUint64([]byte(magic), weights))
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
