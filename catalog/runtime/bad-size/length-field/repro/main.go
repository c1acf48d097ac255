// Imports uploaded GGUF model files and trusts the length in front of a string.
package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
)

const maxString = 1 << 20

var errFormat = errors.New("gguf: malformed file")

type ggufReader struct{ r io.Reader }

func (g ggufReader) readString() (string, error) {
	var length uint64
	if err := binary.Read(g.r, binary.LittleEndian, &length); err != nil {
		return "", err
	}
	buf := make([]byte, length)
	if _, err := io.ReadFull(g.r, buf); err != nil {
		return "", err
	}
	return string(buf), nil
}

func parseMetadata(blob []byte) (string, error) {
	g := ggufReader{bytes.NewReader(blob)}
	var header struct {
		Magic, Version uint32
		Tensors, Pairs uint64
	}
	if err := binary.Read(g.r, binary.LittleEndian, &header); err != nil {
		return "", err
	}
	return g.readString()
}

type importer struct{ done chan error }

// create answers at once and imports in the background, as a long upload needs.
func (im *importer) create(w http.ResponseWriter, r *http.Request) {
	blob, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	go func() {
		_, err := parseMetadata(blob)
		im.done <- err
	}()
	w.WriteHeader(http.StatusAccepted)
}

func main() {
	im := &importer{done: make(chan error, 1)}
	server := httptest.NewServer(http.HandlerFunc(im.create))
	defer server.Close()

	blob := []byte("GGUF\x03\x00\x00\x00")
	blob = binary.LittleEndian.AppendUint64(blob, 0)
	blob = binary.LittleEndian.AppendUint64(blob, 1)
	blob = binary.LittleEndian.AppendUint64(blob, 0xffff_ffff_ffff_fff0)
	if _, err := http.Post(server.URL, "application/octet-stream", bytes.NewReader(blob)); err != nil {
		panic(err)
	}
	fmt.Println("import:", <-im.done)
}
