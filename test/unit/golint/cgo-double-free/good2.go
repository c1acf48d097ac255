package main

/*
#include <stdlib.h>
*/
import "C"

import (
	"errors"
)

func work(n int) error {
	p := C.malloc(64)
	if n < 0 {
		C.free(p)
		return errors.New("negative")
	}
	C.free(p)
	return nil
}

func main() { _ = work(1) }
