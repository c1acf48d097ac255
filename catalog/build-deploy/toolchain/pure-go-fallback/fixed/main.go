// Multiplies weights and activations with the kernel that the build chose, and compares it with a tuned one.
package main

import (
	"fmt"
	"syscall"
	"time"

	"gonum.org/v1/gonum/mat"
)

const size = 384

// processorTime of this process, which other processes do not add to.
func processorTime() time.Duration {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano())
}

// cheapest is the processor time of the best of several runs.
func cheapest(run func()) time.Duration {
	best := time.Hour
	for range 5 {
		start := processorTime()
		run()
		best = min(best, processorTime()-start)
	}
	return best
}

func main() {
	weights, activations := make([]float64, size*size), make([]float64, size*size)
	for i := range weights {
		weights[i], activations[i] = float64(i%7), float64(i%5)
	}
	own := cheapest(func() { product(make([]float64, size*size), weights, activations, size) })
	tuned := cheapest(func() {
		var out mat.Dense
		out.Mul(mat.NewDense(size, size, weights), mat.NewDense(size, size, activations))
	})
	fmt.Println("kernel:", kernel)
	fmt.Println("more than three times the work of a tuned product:", own > 3*tuned)
}
