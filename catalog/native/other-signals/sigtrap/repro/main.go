// Takes the beam width of two requests and lets a C search library clamp it.
package main

// #include "check.h"
import "C"

import "fmt"

// clampBeam returns the width the library will use.
func clampBeam(asked int) int {
	return int(C.beam_width(C.int(asked)))
}

func main() {
	for _, asked := range []int{4, 12} {
		fmt.Println("beam", clampBeam(asked))
	}
}
