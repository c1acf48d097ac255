// Starts each upstream call with a cancellable context and drops the cancel function.
package main

import (
	"context"
	"fmt"
	"runtime"
	"time"
)

type upstream struct{ answer string }

// watch reports usage until its context is done.
func (u *upstream) watch(ctx context.Context) {
	<-ctx.Done()
}

func (u *upstream) call(parent context.Context) string {
	ctx, cancel := context.WithTimeout(parent, time.Hour)
	defer cancel()
	go u.watch(ctx)
	return u.answer
}

func main() {
	u := &upstream{answer: "Rayleigh scattering"}
	for range 100 {
		u.call(context.Background())
	}
	time.Sleep(50 * time.Millisecond)
	fmt.Println("goroutines left over:", runtime.NumGoroutine() > 50)
}
