// Fails: run: panic: reads
package main

import (
	"fmt"
	"unsafe"
)

func double(f float32) float64 {
	v := f
	return *(*float64)(unsafe.Pointer(&v)) // want unsafe-cast-larger
}

func main() {
	if d := double(1.5); d != 1.5 {
		panic(fmt.Sprint("reads ", d))
	}
}
