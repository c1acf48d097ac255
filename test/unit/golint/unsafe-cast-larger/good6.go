package main

/*
#include <string.h>

typedef struct { unsigned version; int values[2]; int more[8]; } info;

// Writes what the version has.
static void fill(info *p) { memset(p->values, 1, p->version == 1 ? sizeof p->values : sizeof *p - sizeof p->version); }
*/
import "C"

import "unsafe"

type infoV1 struct {
	Version uint32
	Values  [2]int32
}

type info struct {
	Version uint32
	Values  [2]int32
	More    [8]int32
}

func fill(p *info) { C.fill((*C.info)(unsafe.Pointer(p))) }

func v1() infoV1 {
	var i infoV1
	i.Version = 1
	fill((*info)(unsafe.Pointer(&i)))
	return i
}

func main() { println(v1().Values[1]) }
