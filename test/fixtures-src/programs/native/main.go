// Faults on the C side of cgo. `native KIND` dies of that kind.
package main

/*
#cgo CFLAGS: -g -O0 -Wno-free-nonheap-object
#cgo LDFLAGS: -lpthread
#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct { float *weights; long n; } tensor;
typedef struct { void *data; } holder;

static void die_abort(void) { abort(); }
static void die_assert(tensor *t) { assert(t->weights != NULL); }
static void die_ggml(void) {
	fflush(stdout);
	fprintf(stderr, "/src/llmserver/ggml/ggml.c:4096: GGML_ASSERT(ne[0] == src->ne[0]) failed\n");
	abort();
}
static void die_cuda(void) {
	fprintf(stderr, "CUDA error: out of memory\n  current device: 0, in function alloc at ggml-cuda.cu:363\n");
	abort();
}
static void die_free(char *p) { free(p + 8); }
static void die_double_free(char *p) { free(p); free(p); }
static float die_null(tensor *t) { return t->weights[2]; }
static long die_read(char *p) { return *(long *)p; }
static void die_write(char *p) { *p = 1; }
static int die_divide(int a, int b) { return a / b; }
static void die_trap(void) { __builtin_trap(); }
static void die_stack(int n) { volatile char pad[1 << 16]; pad[n & 255] = 1; die_stack(n + pad[3]); }
static void die_bus(void) {
	char name[] = "/tmp/modelXXXXXX";
	int fd = mkstemp(name);
	unlink(name);
	char *p = mmap(NULL, 8192, PROT_READ, MAP_SHARED, fd, 0);
	volatile char c = p[4096];
}
static void die_jump(void) { ((void (*)(void))0xdeadbeef)(); }
static void *worker(void *p) {
	usleep(10000);
	if (p) abort();
	return (void *)(long)*(volatile int *)8;
}
static void die_thread(void *how) {
	pthread_t t;
	pthread_create(&t, NULL, worker, how);
	pthread_join(t, NULL);
}
static void keep(void *p) {}
static void keep_holder(holder *h) {}
static void wait_here(void) { printf("ready\n"); fflush(stdout); sleep(60); }
*/
import "C"

import (
	"os"
	"unsafe"
)

type model struct{ tensor C.tensor }

//go:noinline
func (m *model) forward(kind string) {
	switch kind {
	case "abort":
		C.die_abort() // @abort
	case "assert":
		C.die_assert(&m.tensor) // @assert
	case "ggml-assert":
		C.die_ggml() // @ggml-assert
	case "cuda":
		C.die_cuda() // @cuda
	case "free-invalid":
		C.die_free((*C.char)(C.malloc(64))) // @free-invalid
	case "double-free":
		C.die_double_free((*C.char)(C.malloc(64))) // @double-free
	case "null":
		C.die_null(&m.tensor) // @null
	case "bad-read":
		C.die_read((*C.char)(unsafe.Pointer(uintptr(0x7f0000001000)))) // @bad-read
	case "read-only":
		C.die_write((*C.char)(unsafe.Pointer(*(*uintptr)(unsafe.Pointer(&constant))))) // @read-only
	case "divide":
		C.die_divide(1, 0) // @divide
	case "trap":
		C.die_trap() // @trap
	case "c-stack":
		C.die_stack(0) // @c-stack
	case "bus":
		C.die_bus() // @bus
	case "jump":
		C.die_jump() // @jump
	case "thread-abort":
		C.die_thread(unsafe.Pointer(&constant)) // @thread-abort
	case "thread-segv":
		C.die_thread(nil) // @thread-segv
	case "kill-self":
		C.raise(C.SIGKILL)
	case "wait":
		C.wait_here() // @wait
	}
}

var constant = "weights"

type batch struct{ next *int }

//go:noinline
func rules(kind string) {
	n := new(int)
	switch kind {
	case "pointer-to-pointer":
		b := &batch{next: n}
		C.keep(unsafe.Pointer(b)) // @pointer-to-pointer
	case "holder":
		h := &C.holder{data: unsafe.Pointer(n)}
		C.keep_holder(h) // @holder
	case "stored":
		h := (*C.holder)(C.malloc(16))
		h.data = unsafe.Pointer(n) // @stored
	}
}

func main() {
	kind := os.Args[1]
	switch kind {
	case "pointer-to-pointer", "holder", "stored":
		rules(kind)
	default:
		m := &model{}
		done := make(chan bool)
		if kind == "null" {
			go func() { <-done }()
		}
		m.forward(kind)
	}
}
