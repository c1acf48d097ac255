// Fails: run: overwrote the next frame
package main

import (
	"fmt"
	"os"
	"unsafe"
)

type millis int64

func stamp(frame []byte, off int, at millis, rate float32) {
	*(*millis)(unsafe.Pointer(&frame[off])) = at // want unsafe-cast-alignment

	*(*float32)(unsafe.Pointer(&frame[off])) = rate // want unsafe-cast-alignment
}

func main() {
	defer func() { _ = recover() }()
	frames := make([]byte, 16)
	stamp(frames[:8:8], 6, 1<<62, 1.5)
	if frames[9] != 0 {
		fmt.Println("overwrote the next frame")
		os.Exit(1)
	}
}
