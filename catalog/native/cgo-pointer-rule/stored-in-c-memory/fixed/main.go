// Queues an embedding row for a C worker that reads it later.
package main

// #include "queue.h"
import "C"

import (
	"fmt"
	"runtime"
)

type Job struct {
	c   *C.job
	pin runtime.Pinner
}

// submit hands the row over to the queue.
func submit(row []float32) *Job {
	j := &Job{c: C.job_new()}
	j.pin.Pin(&row[0])
	j.c.row = (*C.float)(&row[0])
	j.c.n = C.size_t(len(row))
	return j
}

func (j *Job) wait() float32 {
	sum := float32(C.job_run(j.c))
	C.job_free(j.c)
	j.pin.Unpin()
	return sum
}

func main() {
	fmt.Println("sum", submit([]float32{0.5, 0.25, 0.25}).wait())
}
