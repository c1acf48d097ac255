// Reads the number of layers of two models through a C interface of a C++ loader.
package main

// #include <stdlib.h>
// #include "loader.h"
import "C"

import (
	"fmt"
	"unsafe"
)

// countLayers asks the native loader.
func countLayers(description string) int {
	text := C.CString(description)
	defer C.free(unsafe.Pointer(text))
	return int(C.loader_layers(text))
}

func main() {
	fmt.Println("layers", countLayers("arch=llama block_count=32"))
	fmt.Println("layers", countLayers("arch=bert"))
}
