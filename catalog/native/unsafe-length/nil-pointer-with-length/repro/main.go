// Views the embeddings a C runtime returns as a Go slice.
package main

/*
#include <stddef.h>

typedef struct {
	int dim;
	int pooling;
	float row[4];
} model;

static int model_dim(const model *m) { return m->dim; }

// NULL for a model that was loaded without pooling.
static const float *model_embedding(const model *m) { return m->pooling ? m->row : NULL; }
*/
import "C"

import (
	"errors"
	"fmt"
	"unsafe"
)

var errNoPooling = errors.New("model was loaded without pooling")

// embedding returns the pooled row of the last prompt.
func embedding(m *C.model) ([]float32, error) {
	row := C.model_embedding(m)
	return unsafe.Slice((*float32)(row), C.model_dim(m)), nil
}

func main() {
	for _, pooling := range []C.int{1, 0} {
		m := &C.model{dim: 4, pooling: pooling}
		row, err := embedding(m)
		fmt.Println(row, err)
	}
}
