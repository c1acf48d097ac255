// Fails: run: panic: the score is 0
// The struct has another name by a typedef, and the cast is one of a whole array.
package main

/*
#include <stdint.h>
struct candidate { int32_t id; float score; };
typedef struct candidate candidate_t;
static candidate_t all[2] = {{1, 0.5f}, {2, 0.25f}};
static candidate_t *candidates(void) { return all; }
*/
import "C"

import "unsafe"

type candidate struct {
	id    int32
	score float64
}

func main() {
	all := unsafe.Slice((*candidate)(unsafe.Pointer(C.candidates())), 1) // want cgo-mirrored-struct
	if all[0].score != 0.5 {
		panic("the score is " + map[bool]string{true: "0"}[all[0].score < 0.5])
	}
}
