package main

/*
typedef struct { int a, b, c, d; } quad;
*/
import "C"

import "unsafe"

type quad struct{ a, b, c, d int32 }

func toC(q quad) C.quad { return *(*C.quad)(unsafe.Pointer(&q)) }

func main() { println(toC(quad{d: 4}).d) }
