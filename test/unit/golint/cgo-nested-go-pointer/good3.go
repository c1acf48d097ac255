package main

/*
#include <stdlib.h>
static int total(char **rows, int n) {
	int s = 0;
	for (int i = 0; i < n; i++) s += rows[i][0];
	return s;
}
*/
import "C"

import "unsafe"

func main() {
	rows := make([]*C.char, 2)
	for i := range rows {
		rows[i] = C.CString("row")
		defer C.free(unsafe.Pointer(rows[i]))
	}
	C.total(&rows[0], C.int(len(rows)))
}
