package main

/*
#include <stdint.h>
struct candidate { int32_t id; float score; };
typedef struct candidate candidate_t;
typedef candidate_t *candidates_t;
static candidate_t all[2] = {{1, 0.5f}, {2, 0.25f}};
static candidate_t *candidates(void) { return all; }
*/
import "C"

import "unsafe"

type candidate struct {
	id    int32
	score float32
}

func main() {
	all := unsafe.Slice((*candidate)(unsafe.Pointer(C.candidates())), 2)
	println(all[1].id, all[1].score)
}
