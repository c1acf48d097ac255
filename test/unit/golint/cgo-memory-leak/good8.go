package main

/*
#include <stdlib.h>
#include <string.h>

typedef struct { char *text; void (*drop)(void *); } result;
static void result_text(result *r, char *s, void (*drop)(void *)) { r->text = s; r->drop = drop; }
static void answer(result *r, char *s) { result_text(r, s, &free); }
static size_t finish(result *r) { size_t n = strlen(r->text); r->drop(r->text); return n; }
*/
import "C"

func text(s string) int {
	var r C.result
	cs := C.CString(s)
	C.answer(&r, cs)
	return int(C.finish(&r))
}

func main() { println(text("x")) }
