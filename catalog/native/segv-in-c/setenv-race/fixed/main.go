// Counts tokens with a C library while a registry publishes the path of every model it finds as a variable.
package main

// #include "tok.h"
import "C"

import (
	"fmt"
	"sync"
)

const models = 4000

// paths holds the variables of the runners; exec.Cmd.Env gets them when one is started.
var paths struct {
	sync.Mutex
	env []string
}

// publish makes a model's path known to the runners that are started later.
func publish(model int) {
	paths.Lock()
	defer paths.Unlock()
	paths.env = append(paths.env, fmt.Sprintf("MODEL_%d_PATH=/models/%d.gguf", model, model))
}

func scan(done chan<- bool) {
	for model := range models {
		publish(model)
	}
	close(done)
}

func main() {
	done := make(chan bool)
	go scan(done)
	tokens := 0
	for found := false; !found; {
		tokens += int(C.tok_count(20_000))
		select {
		case <-done:
			found = true
		default:
		}
	}
	fmt.Println("counted:", tokens > 0)
}
