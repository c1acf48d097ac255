// Reads the name field of a model header that a C reader allocated.
package main

/*
#include <stdlib.h>
#include <string.h>

static char *read_name(const char *name) {
	char *field = malloc(strlen(name));
	memcpy(field, name, strlen(name));
	return field;
}
*/
import "C"

import (
	"bytes"
	"fmt"
	"unsafe"
)

const nameBytes = 64

// fieldName cuts the padding off the field.
func fieldName(field unsafe.Pointer, size int) string {
	raw := (*[nameBytes]byte)(field)[:]
	return string(bytes.TrimRight(raw, "\x00"))
}

func main() {
	name := C.CString("llama-3-8b")
	defer C.free(unsafe.Pointer(name))
	field := C.read_name(name)
	defer C.free(unsafe.Pointer(field))
	fmt.Printf("model %q\n", fieldName(unsafe.Pointer(field), len("llama-3-8b")))
}
