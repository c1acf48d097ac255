package main

/*
#include <stdlib.h>
typedef struct { int refs; int n; } model;
typedef struct { int n; int rows[4]; } table;
static model *model_load(void) { model *m = calloc(1, sizeof(model)); if (m) m->refs = 1; return m; }
static void model_ref(model *m) { m->refs++; }
static void model_free(model *m) { if (--m->refs == 0) free(m); }
static table *table_new(void) { return calloc(1, sizeof(table)); }
static void table_free_rows(table *t) { t->n = 0; }
static void table_free(table *t) { free(t); }
*/
import "C"

// Counted: each holder frees its own.
func shared() int {
	m := C.model_load()
	if m == nil {
		return 0
	}
	defer C.model_free(m)
	C.model_ref(m)
	C.model_free(m)
	return int(m.n)
}

// What is freed first is in the table, not the table.
func rows() int {
	t := C.table_new()
	if t == nil {
		return 0
	}
	C.table_free_rows(t)
	n := int(t.n)
	C.table_free(t)
	return n
}

type model struct{ c *C.model }

func (m *model) Close() {
	if m.c == nil {
		return
	}
	C.model_free(m.c)
	m.c = nil
}

func main() {
	println(shared(), rows())
	m := &model{C.model_load()}
	m.Close()
	m.Close()
}
