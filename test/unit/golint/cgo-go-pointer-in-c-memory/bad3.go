// Fails: run: C reads 0 instead of 9
package main

/*
#include <stdlib.h>
struct job { void *input; struct job *next; };
static struct job *queue;
static struct job *new_job(void) { queue = calloc(1, sizeof *queue); return queue; }
static int run(void) { return *(int *)queue->input; }
*/
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"
)

func submit(text []byte) {
	input := make([]byte, 1<<18)
	copy(input, text)
	job := C.new_job()
	job.input = unsafe.Pointer(&input[0]) // want cgo-go-pointer-in-c-memory
}

func main() {
	submit([]byte{9, 0, 0, 0})
	var kept [][]byte
	for range 200 {
		runtime.GC()
		kept = append(kept, make([]byte, 1<<18))
	}
	fmt.Printf("C reads %d instead of 9\n", C.run())
	runtime.KeepAlive(kept)
}
