// Fails: run: panic: runtime error: .*cgo.* has Go pointer to unpinned Go pointer
package main

/*
typedef struct { const float *data; long len; } view;
static float first(const view *v) { return v->data[0]; }
*/
import "C"

import (
	"fmt"
	"unsafe"
)

func first(vector []float32) float32 {
	if len(vector) == 0 {
		return 0
	}
	return float32(C.first(&C.view{ // want cgo-nested-go-pointer
		data: (*C.float)(unsafe.Pointer(&vector[0])),
		len:  C.long(len(vector)),
	}))
}

func main() {
	vector := make([]float32, 64)
	vector[0] = 1
	fmt.Println(first(vector))
}
