package main

/*
#pragma pack(push, 1)
struct header { char magic; int version; };
#pragma pack(pop)
static int first(struct header *h) { return h->magic; }
*/
import "C"

import "unsafe"

type Header struct {
	Magic   int8
	Version [4]byte
}

func main() {
	h := Header{Magic: 1}
	C.first((*C.struct_header)(unsafe.Pointer(&h)))
}
