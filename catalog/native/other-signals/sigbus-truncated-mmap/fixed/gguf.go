package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
)

// GGUF, version 3: a head, key-value pairs, one record for each tensor, and the data, aligned.
const (
	ggufMagic   = "GGUF"
	ggufVersion = 3
	alignment   = 32
	typeUint32  = 4
	typeF32     = 0
)

type tensorInfo struct {
	name   string
	dims   []uint64
	offset uint64
}

func (t tensorInfo) bytes() uint64 {
	n := uint64(4)
	for _, d := range t.dims {
		n *= d
	}
	return n
}

func aligned(n uint64) uint64 {
	return (n + alignment - 1) / alignment * alignment
}

// writeGGUF returns a file with matrices of float32.
func writeGGUF(names []string, rows, columns uint64) []byte {
	var b bytes.Buffer
	put := func(v any) { binary.Write(&b, binary.LittleEndian, v) }
	text := func(s string) { put(uint64(len(s))); b.WriteString(s) }
	b.WriteString(ggufMagic)
	put(uint32(ggufVersion))
	put(uint64(len(names)))
	put(uint64(1))
	text("general.alignment")
	put(uint32(typeUint32))
	put(uint32(alignment))
	each := aligned(rows * columns * 4)
	for i, name := range names {
		text(name)
		put(uint32(2))
		put([]uint64{columns, rows})
		put(uint32(typeF32))
		put(uint64(i) * each)
	}
	b.Write(make([]byte, aligned(uint64(b.Len()))-uint64(b.Len())))
	for range uint64(len(names)) * each / 4 {
		put(math.Float32bits(0.5))
	}
	return b.Bytes()
}

// readGGUF returns the tensors of a file and where their data begins.
func readGGUF(file []byte) (tensors []tensorInfo, data uint64, err error) {
	at := uint64(0)
	u32 := func() uint32 { at += 4; return binary.LittleEndian.Uint32(file[at-4:]) }
	u64 := func() uint64 { at += 8; return binary.LittleEndian.Uint64(file[at-8:]) }
	text := func() string { n := u64(); at += n; return string(file[at-n : at]) }
	if len(file) < 24 || string(file[:4]) != ggufMagic {
		return nil, 0, errors.New("no GGUF file")
	}
	at = 4
	if u32() != ggufVersion {
		return nil, 0, errors.New("unknown version of GGUF")
	}
	count, pairs := u64(), u64()
	for range pairs {
		if text(); u32() != typeUint32 {
			return nil, 0, errors.New("unexpected type of value")
		}
		u32()
	}
	for range count {
		t := tensorInfo{name: text()}
		for range u32() {
			t.dims = append(t.dims, u64())
		}
		u32()
		t.offset = u64()
		tensors = append(tensors, t)
	}
	return tensors, aligned(at), nil
}
