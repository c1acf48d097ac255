package main

/*
static char *buffer(void) { static char bytes[4]; return bytes; }
static int receive(int ok) { return ok ? 4 : -1; }
*/
import "C"

import (
	"errors"
	"fmt"
	"unsafe"
)

func message(ok C.int) ([]byte, error) {
	n := C.receive(ok)
	if n < 0 {
		return nil, errors.New("nothing received")
	}
	return C.GoBytes(unsafe.Pointer(C.buffer()), n), nil
}

func all() []byte { return C.GoBytes(unsafe.Pointer(C.buffer()), C.int(len("four"))) }

func text() string { return C.GoStringN(C.buffer(), 4) }

func main() { fmt.Println(message(0)); fmt.Println(all(), len(text())) }
