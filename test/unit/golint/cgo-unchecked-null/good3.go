package main

/*
#include <stdio.h>
static FILE *open_null(void) { return fopen("/dev/null", "r"); }
*/
import "C"

func main() {
	f, err := C.open_null()
	if err != nil {
		panic(err)
	}
	C.fclose(f)
}
